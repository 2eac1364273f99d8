"""One submission: its files, and a digest of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.files import digest_of
from autograder.submissions.hand_in import HandIn
from autograder.submissions.rules import NothingHandedInError, UnreadableError


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
    """

    student: str
    files: Mapping[str, bytes] = field(repr=False)
    refused: tuple[str, ...] = ()
    problem: str = ""
    absent: bool = False
    elsewhere: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents of the files."""
        return digest_of(dict(sorted(self.files.items())))


def read_submission(handed_in: Path | str | HandIn, module: str) -> Submission:
    """Read a submission; what can't be read is one with a `problem`.

    Args:
        handed_in: the student's folder or zip, or what a reader found in a download.
        module: name of the assignment's module, without ending.
    """
    hand_in = handed_in if isinstance(handed_in, HandIn) else HandIn.at(handed_in)
    student = hand_in.student
    files: dict[str, bytes] = {}
    refused: list[str] = []
    try:
        files, refused = hand_in.load()
        kept = _from_module_up(files, module)
        return Submission(student, kept, tuple(refused), elsewhere=_left_out(files, kept))
    except UnreadableError as error:
        absent = isinstance(error, NothingHandedInError)
        return Submission(student, files, tuple(refused), str(error), absent=absent)
    except OSError as error:
        return Submission(student, files, tuple(refused), f"the submission can't be read: {error.strerror}")


def _left_out(files: Mapping[str, bytes], kept: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the Python files that were not kept, by whatever folder those were named from."""
    ends = tuple(f"/{name}" for name in kept)
    return tuple(sorted(f for f in files if f.endswith(".py") and not f"/{f}".endswith(ends)))


def _from_module_up(files: Mapping[str, bytes], module: str) -> dict[str, bytes]:
    """Return the files in the folder of the module that lies least deep, named from there."""
    name = f"{module}.py"
    found = sorted(
        (PurePosixPath(f) for f in files if PurePosixPath(f).name == name), key=lambda p: len(p.parts)
    )
    if not found:
        raise UnreadableError(
            f"there is no file {name} in the submission; hand it in under exactly this name"
        )
    if len(found) > 1 and len(found[0].parts) == len(found[1].parts):
        raise UnreadableError(f"there are two files {name} ({found[0]} and {found[1]}); hand in only one")
    top = found[0].parent
    inside = {
        PurePosixPath(f): content for f, content in files.items() if PurePosixPath(f).is_relative_to(top)
    }
    return {str(path.relative_to(top)): content for path, content in inside.items()}
