"""The folder of an nbgrader course: what `nbgrader collect` or `zip_collect` put into `submitted/`."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from autograder.course.assignment import find_assignment
from autograder.errors import UserError
from autograder.extras import import_with_extra
from autograder.grading.result import Grade
from autograder.platforms.reader import Reader
from autograder.submissions.folder import read_folder
from autograder.submissions.hand_in import Collection, Files, HandIn, Person
from autograder.submissions.names import student_name

#: A file that nbgrader writes beside the student's files: the time when they were handed in.
_TIMESTAMP = "timestamp.txt"
#: The module that writes the grades; it needs nbgrader and is slow to import.
_GRADEBOOK = "autograder.platforms.nbgrader.gradebook"


def _collect(source: Path, topic: str) -> Collection:
    submitted = source / "submitted"
    if not submitted.is_dir():
        raise UserError(
            f"{source} is no nbgrader course with submissions: there is no folder submitted/ in it; "
            "name the course's folder, and run `nbgrader collect` or `nbgrader zip_collect` first"
        )
    folders = sorted(path for path in submitted.glob(f"*/{topic}") if os.path.isdir(path))
    if not folders:
        raise UserError(
            f"nothing was handed in for {topic}: there is no folder submitted/*/{topic} in {source}"
        )
    return Collection([hand_in(folder) for folder in folders if not folder.parent.name.startswith(".")])


def _recognizes(source: Path, topic: str) -> bool:
    return any(source.glob(f"submitted/*/{topic}"))


def hand_in(folder: Path) -> HandIn:
    """Return the submission that nbgrader put into `submitted/<student>/<topic>/`."""
    student = student_name(folder.parent)
    return HandIn(
        student,
        partial(read_submitted, folder),
        submitted=_when(folder / _TIMESTAMP),
        origin=f"submitted/{student}/{folder.name}",
        person=Person("nbgrader", user_id=student),
    )


def read_submitted(folder: Path) -> Files:
    """Read a student's files without the one that nbgrader adds.

    Raises:
        UnreadableError: as `read_folder` does.
    """
    files, refused = read_folder(folder)
    files.pop(_TIMESTAMP, None)
    return files, refused


def _when(path: Path) -> str:
    """Return the time in nbgrader's file; an empty text if the file holds something else."""
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.readline(100).strip()
    except OSError:  # it is closed to us; the reader will say so of the whole folder
        return ""
    return text if text.isprintable() else ""


def usual_out(source: Path, topic: str) -> Path:
    """Return the folder for the grades of a topic, in the course's folder."""
    return source / "autograder-grades" / topic


def _publish(source: Path, topic: str, pairs: Sequence[tuple[HandIn, Grade]]) -> str:
    gradebook = import_with_extra(_GRADEBOOK, "the grades are kept, but writing nbgrader's gradebook")
    return gradebook.write_gradebook(source, find_assignment(topic), pairs)


READER = Reader(_collect, usual_out, _publish, _GRADEBOOK, _recognizes, students="submitted")
