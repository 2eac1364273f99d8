"""One student's submission within a download, before it is read."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from autograder.submissions.folder import read_folder
from autograder.submissions.names import student_name
from autograder.submissions.packed import read_archive
from autograder.submissions.rules import UnreadableError, not_foreseen

#: Contents by relative name, and a sentence for each file that was refused.
Files = tuple[dict[str, bytes], list[str]]


@dataclass(frozen=True)
class Person:
    """How a platform identifies a student; what it does not tell is empty.

    Attributes:
        platform: the reader's kind; one platform's numbers mean nothing on another.
        full_name: as the platform writes it.
        email: address.
        user_id: the platform's own number or name.
        sis_id: the university's.
    """

    platform: str = ""
    full_name: str = ""
    email: str = ""
    user_id: str = ""
    sis_id: str = ""


@dataclass(frozen=True)
class HandIn:
    """What one student handed in, and how to read it.

    Attributes:
        student: unique in the class and fit to name a folder.
        load: reads the files; a `functools.partial` of a public function, since it travels to other processes
            and machines. It raises `UnreadableError` where nothing can be read. Members of a group share one.
        late: whether the platform calls it late; None where it does not say.
        submitted: when, in ISO 8601 or as the platform writes it.
        attempt: which attempt this is, counted from 1; always the last. None where the platform does not say.
        origin: which folder or files of the download it is.
        person: how the platform identifies the student.
        take: the file that counts, where an instructor has said so.
        strict_names: whether the module counts under its right name only.
    """

    student: str
    load: Callable[[], Files] = field(compare=False)
    late: bool | None = None
    submitted: str = ""
    attempt: int | None = None
    origin: str = ""
    person: Person = Person()
    take: str = ""
    strict_names: bool = False

    def read(self) -> Files:
        """Read the files.

        Raises:
            UnreadableError: nothing can be read; whatever went wrong, one submission stops no class.
        """
        try:
            return self.load()
        except UnreadableError:
            raise
        except OSError as error:
            raise UnreadableError(
                f"the submission can't be read: {error.strerror or type(error).__name__}"
            ) from error
        except Exception as error:  # nothing that a student hands in is known to come here
            raise UnreadableError(not_foreseen(error)) from error

    @classmethod
    def at(cls, path: Path | str) -> "HandIn":
        """Return the submission that is a folder or archive of its own."""
        return cls(student_name(Path(path)), partial(read_path, Path(path)))

    def after(self, earlier: "HandIn") -> "HandIn":
        """Return this submission as one that follows another of the same student's."""
        return replace(self, attempt=(self.attempt or 1) + (earlier.attempt or 1))

    def about(self) -> dict[str, Any]:
        """Return what is known beside the files, as in `submission.json`; empty for a plain folder."""
        known = {
            "late": self.late,
            "submitted": self.submitted,
            "attempt": self.attempt,
            "origin": self.origin,
            "person": {name: value for name, value in asdict(self.person).items() if value},
        }
        return {name: value for name, value in known.items() if value not in ("", None, {})}


@dataclass(frozen=True)
class Collection:
    """What a reader found in a download.

    Attributes:
        hand_ins: one per student.
        notes: a line for each thing that belongs to no student.
    """

    hand_ins: list[HandIn]
    notes: list[str] = field(default_factory=list)


def read_path(path: Path) -> Files:
    """Read a folder or archive.

    Raises:
        UnreadableError: as `read_folder` and `read_archive` do.
    """
    return read_folder(path) if path.is_dir() else read_archive(path)
