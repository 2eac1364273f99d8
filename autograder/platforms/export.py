"""What a platform's export is: grades put into its table, or a file for each student."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.result import Grade
from autograder.platforms.graded import Graded


@dataclass(frozen=True)
class Filled:
    """A table with the grades in it.

    Attributes:
        text: the content of the CSV file.
        count: how many grades are in it.
        notes: a line for each student without a row, for each row without a grade, and for what else the user
            must know.
    """

    text: str
    count: int
    notes: list[str] = field(default_factory=list)


#: Puts grades into a table that the user exported from the platform, or makes a table if there is none. The
#: last argument is the name of the column for the grades, if the user gave one.
Fill = Callable[[Sequence[Graded], Path | None, str | None], Filled]
#: Makes the content of one student's JSON file.
Results = Callable[[Grade], Mapping[str, object]]


def code_line(grade: Grade) -> str:
    """Return what tells a student which files were graded; empty where nothing was handed in."""
    return f"The code of what was graded: {grade.code}." if grade.code else ""
