"""The grades of a class, read back from the folder that `autograder grade` wrote."""

import csv
import io
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.files import read_regular
from autograder.grading.result import Grade
from autograder.reports.csv_file import GRADES_CSV, as_cell
from autograder.submissions.hand_in import Person
from autograder.verdicts import SubmissionVerdict


@dataclass(frozen=True)
class Graded:
    """A grade, and the student whose it is.

    Attributes:
        grade: the grade.
        person: the student's names and numbers on the platform that the submission came from.
        held: why no score is to be written for the student, as the end of a sentence; empty if it is.
    """

    grade: Grade
    person: Person = field(default_factory=Person)
    held: str = ""


def read_grades(folder: Path, zeros: bool = False) -> tuple[list[Graded], list[str]]:
    """Return the grades, sorted by student, and a line for each student whose grade is damaged or old.

    Args:
        folder: that `autograder grade` wrote.
        zeros: whether a score of 0 is to be written for what needs a look, and where nothing was handed in.

    Raises:
        UserError: there are none, or they are of several assignments.
    """
    found: list[Graded] = []
    notes: list[str] = []
    for path in sorted(folder.glob("*/grade.json")):
        read = _read(path, zeros)
        if isinstance(read, str):
            notes.append(read)
        else:
            found.append(read)
    if not found:
        raise UserError(
            "; ".join(notes)
            or f"there are no grades in {folder}; name the folder that `autograder grade` wrote"
        )
    topics = sorted({graded.grade.assignment for graded in found})
    if len(topics) > 1:
        raise UserError(
            f"{folder} holds grades of {' and '.join(topics)}; grade each into a folder of its own"
        )
    last = _of_last_run(folder)
    old = [one.grade.student for one in found if last and as_cell(one.grade.student) not in last]
    return found, notes + [
        f"{student} is not in {GRADES_CSV}: the grade is from an earlier run, of work that is there no more"
        for student in old
    ]


def _read(path: Path, zeros: bool) -> Graded | str:
    """Return a grade, or a line that says that it can't be read."""
    try:
        grade = Grade.from_json(read_regular(path))
        beside = path.with_name("submission.json")
        about = json.loads(read_regular(beside)) if os.path.isfile(beside) else {}
        person = {name: str(value) for name, value in about.get("person", {}).items()}
        return Graded(grade, Person(**person), _held(grade, zeros))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return f"{path.parent} holds no grade that can be read; grade that student again"


def _of_last_run(folder: Path) -> set[str]:
    """Return the students of the last run, as the gradebook writes their names; none if it can't be read."""
    try:
        return {row[0] for row in csv.reader(io.StringIO(read_regular(folder / GRADES_CSV))) if row}
    except (OSError, ValueError, csv.Error):
        return set()


def _held(grade: Grade, zeros: bool) -> str:
    match grade.verdict:
        case SubmissionVerdict.INFRASTRUCTURE:
            return "is not graded yet, since the machine failed; grade again"
        case SubmissionVerdict.UNREADABLE if not zeros:
            return f"needs a look, so no score is written; {grade.feedback}"
        case SubmissionVerdict.ABSENT if not zeros:
            return "handed in nothing, so no score is written"
    return ""
