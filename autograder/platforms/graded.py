"""The grades of a class, read back from the folder that `autograder grade` wrote."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.grading.result import Grade
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


def read_grades(folder: Path, zeros: bool = False) -> list[Graded]:
    """Return the grades, sorted by student.

    Args:
        folder: that `autograder grade` wrote.
        zeros: whether a score of 0 is to be written for what needs a look, and where nothing was handed in.

    Raises:
        UserError: there are none, one is damaged, or they are of several assignments.
    """
    found = [_read(path, zeros) for path in sorted(folder.glob("*/grade.json"))]
    if not found:
        raise UserError(f"there are no grades in {folder}; name the folder that `autograder grade` wrote")
    topics = sorted({graded.grade.assignment for graded in found})
    if len(topics) > 1:
        raise UserError(
            f"{folder} holds grades of {' and '.join(topics)}; grade each into a folder of its own"
        )
    return found


def _read(path: Path, zeros: bool) -> Graded:
    try:
        grade = Grade.from_json(path.read_text(encoding="utf-8"))
        beside = path.with_name("submission.json")
        about = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
        return Graded(grade, Person(**about.get("person", {})), _held(grade, zeros))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path.parent} holds no grade that can be read; grade that student again") from error


def _held(grade: Grade, zeros: bool) -> str:
    match grade.verdict:
        case SubmissionVerdict.INFRASTRUCTURE:
            return "is not graded yet, since the machine failed; grade again"
        case SubmissionVerdict.UNREADABLE if not zeros:
            return f"needs a look, so no score is written; {grade.feedback}"
        case SubmissionVerdict.ABSENT if not zeros:
            return "handed in nothing, so no score is written"
    return ""
