"""The folder of a class's grades: atomic writes, one run at a time, nothing graded twice."""

import fcntl
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Self

from autograder.errors import UserError
from autograder.files import UNFINISHED, is_the_machines, read_regular, write_atomically
from autograder.grading.result import Grade, Manifest
from autograder.printable import as_json
from autograder.submissions.hand_in import HandIn
from autograder.verdicts import SubmissionVerdict


class UnwritableError(UserError):
    """The files of one student can't be written, though those of others can."""


class Store:
    """A folder with `<student>/grade.json` and `<student>/run.json`, locked while it is open.

    Where a submission came from a platform, `<student>/submission.json` holds what the platform knows of it:
    when it was handed in, whether it is late, which attempt it is, and whose.

    Args:
        folder: made if it is missing.

    Raises:
        UserError: it can't be written to, or another run holds it.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(folder, os.O_RDONLY)
            with NamedTemporaryFile(dir=folder, prefix=UNFINISHED):
                pass
        except OSError as error:
            raise UserError(f"grades can't be written to {folder}: {error.strerror}") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise UserError(f"another run is writing grades to {folder}; wait for it to end") from error
        self._remove_unfinished()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def _remove_unfinished(self) -> None:
        """Remove files that a run was writing when it was killed; nobody else writes here now."""
        for pattern in (f"{UNFINISHED}*", f"*/{UNFINISHED}*"):
            for path in self.folder.glob(pattern):
                with suppress(OSError):  # a folder, or another user's: none of a run's
                    path.unlink()

    def holds(self, student: str) -> bool:
        """Return whether there is a grade of the student's, of whatever submission."""
        return os.path.isfile(self.folder / student / "grade.json")

    def find(self, student: str, assignment: str, manifest: Manifest) -> Grade | None:
        """Return the grade that is already there for exactly this submission, course and seed, or None."""
        grade = _read(self.folder / student / "grade.json")
        if grade is None:
            return None
        same = (grade.student, grade.assignment, grade.manifest) == (student, assignment, manifest)
        return grade if same and grade.verdict != SubmissionVerdict.INFRASTRUCTURE else None

    def write(self, grade: Grade) -> None:
        """Write one student's files; `grade.json` last, since it says that the student is done.

        Raises:
            UnwritableError: something is in the way of this student's.
            UserError: the machine can't write any more.
        """
        folder = self.folder / grade.student
        try:
            folder.mkdir(exist_ok=True)
            write_atomically(folder / "run.json", as_json(grade.run))
            write_atomically(folder / "grade.json", grade.to_json())
        except OSError as error:
            raise _refused(f"the grade of {grade.student} can't be written to {folder}", error) from error

    def forget_absent(self, students: Collection[str]) -> None:
        """Remove who handed in nothing and is not among these students any more.

        The work may have come since, under another name, and an export must not write 0 for it.
        """
        for path in self.folder.glob("*/grade.json"):
            grade = _read(path) if path.parent.name not in students else None
            if grade is not None and grade.verdict == SubmissionVerdict.ABSENT:
                for name in ("grade.json", "run.json", "submission.json"):
                    with suppress(OSError):  # what is in its place is no grade
                        path.with_name(name).unlink(missing_ok=True)

    def others(self, assignment: str, students: Collection[str]) -> list[str]:
        """Return who has a grade of this assignment and is not among these students, sorted."""
        grades = (_read(path) for path in self.folder.glob("*/grade.json"))
        held = (grade.student for grade in grades if grade is not None and grade.assignment == assignment)
        return sorted(set(held).difference(students))

    def describe(self, hand_in: HandIn) -> None:
        """Write what a platform knows of a submission, unless the file holds it already.

        Raises:
            UnwritableError, UserError: as `write` does.
        """
        about = hand_in.about()
        path = self.folder / hand_in.student / "submission.json"
        text = as_json(about)
        if not about or _text_in(path) == text:
            return
        try:
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, text)
        except OSError as error:
            raise _refused(f"{path} can't be written", error) from error


def _refused(what: str, error: OSError) -> UserError:
    if is_the_machines(error):
        return UserError(
            f"{what}: {error.strerror}; what was graded is kept, and the same command goes on from there"
        )
    return UnwritableError(f"{what}: {error.strerror}; move away what is there, and grade again")


def _text_in(path: Path) -> str | None:
    """Return the text of a file; None where there is none that can be read."""
    try:
        return read_regular(path)
    except (OSError, ValueError):
        return None


def _read(path: Path) -> Grade | None:
    """Return the grade in a file; None where there is none that can be read."""
    try:
        return Grade.from_json(read_regular(path))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
