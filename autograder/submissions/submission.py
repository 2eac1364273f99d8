"""One submission: its files, and a digest of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files import code_of, digest_of
from autograder.submissions.choose_module import choose_module
from autograder.submissions.hand_in import HandIn
from autograder.submissions.rules import NothingHandedInError, UnreadableError, not_foreseen
from autograder.submissions.wanted import Wanted


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment.

    Attributes:
        student: name of the folder or archive, or what the platform calls the student.
        files: contents by relative name; the assignment's module stands at the top.
        refused: a sentence for each file that was left out.
        problem: why it can't be graded; empty when it can.
        absent: whether the student handed in nothing at all.
        elsewhere: names of the Python files that were read and are not in the module's folder.
        taken: which file was taken for the module; empty where it was handed in under its name.
        error: what the reader stumbled over, where that was not foreseen.
    """

    student: str
    files: Mapping[str, bytes] = field(repr=False)
    refused: tuple[str, ...] = ()
    problem: str = ""
    absent: bool = False
    elsewhere: tuple[str, ...] = ()
    taken: str = ""
    error: Exception | None = field(default=None, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents of the files."""
        return digest_of(dict(sorted(self.files.items())))

    @property
    def code(self) -> str:
        """The digest's short form."""
        return code_of(self.digest)


def read_submission(handed_in: Path | str | HandIn, wanted: Wanted | str) -> Submission:
    """Read a submission; what can't be read is one with a `problem`, whatever it is.

    Args:
        handed_in: the student's folder or zip, or what a reader found in a download.
        wanted: the assignment's module, or its name alone, without ending.
    """
    hand_in = handed_in if isinstance(handed_in, HandIn) else HandIn.at(handed_in)
    wanted = wanted if isinstance(wanted, Wanted) else Wanted(wanted)
    student = hand_in.student
    files: dict[str, bytes] = {}
    refused: list[str] = []
    try:
        files, refused = hand_in.read()
        if not files and not refused:
            raise UnreadableError(
                f"there is no file {wanted.file}: the submission is empty; hand it in again"
            )
        chosen = choose_module(files, wanted, hand_in.take, hand_in.strict_names)
        elsewhere = _left_out(files, chosen.files)
        return Submission(student, chosen.files, tuple(refused), taken=chosen.note, elsewhere=elsewhere)
    except UnreadableError as error:
        absent = isinstance(error, NothingHandedInError)
        cause = error if error.__cause__ else None
        return Submission(student, files, tuple(refused), str(error), absent=absent, error=cause)
    except Exception as error:  # nothing that a student hands in is known to come here
        return Submission(student, files, tuple(refused), not_foreseen(error), error=error)


def _left_out(files: Mapping[str, bytes], kept: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the Python files that were not kept, by whatever folder those were named from."""
    ends = tuple(f"/{name}" for name in kept)
    return tuple(sorted(f for f in files if f.endswith(".py") and not f"/{f}".endswith(ends)))
