"""Prints the table of the rows: what is handed in, and what has to come of it.

`python -m tests.door.table` prints what is expected; with `--graded` the class is graded first, and what
students read stands beside it.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.grading import Grade
from tests.door.class_folder import QUICK_CHECKS, course_without_bank, grade_folder, misses, told, write_class
from tests.door.row import Row
from tests.door.rows import QUICK, ROWS, TRAINING, WHOLE

__all__ = ["main"]


def expected(rows: list[Row]) -> Table:
    """What has to come of each row."""
    table = _table("item", "what", "verdict", "score", "words", "what happens today")
    for row in sorted(rows, key=lambda row: row.item):
        never = [f"not: {word}" for word in row.never]
        _add(table, row.item, row.what, row.verdict, _score(row), " / ".join([*row.says, *never]), row.todo)
    return table


def graded(rows: list[Row], grades: Mapping[str, Grade]) -> Table:
    """What came of each row, and what the student reads first."""
    table = _table("item", "what", "verdict", "score", "what the student reads", "not as it should be")
    for row in sorted(rows, key=lambda row: row.item):
        grade = grades.get(row.student)
        wrong = "; ".join(misses(row, grade))
        if grade is None:
            _add(table, row.item, row.what, "", "", "", wrong)
        else:
            read = " ".join(told(grade).split())[:300]
            _add(table, row.item, row.what, grade.verdict, f"{grade.score:g}", read, wrong)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _add(table: Table, *cells: object) -> None:
    table.add_row(*(Text(str(cell)) for cell in cells))


def _score(row: Row) -> str:
    least, most = row.least_and_most
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"


def grade_all(folder: Path) -> tuple[dict[str, Grade], str]:
    """Grade all rows; return the grades and what the command printed."""
    course = course_without_bank(folder / "course")
    classes = {
        "quick": (QUICK, "losses", course_without_bank(folder / "quick-course", QUICK_CHECKS)),
        "whole": (WHOLE, "losses", course),
        "training": (TRAINING, "training", course),
    }
    grades: dict[str, Grade] = {}
    printed = ""
    for name, (rows, topic, course) in classes.items():
        write_class(folder / name, rows)
        outcome = grade_folder(folder / name, topic, folder / f"{name}-out", course=course)
        grades |= outcome.grades
        printed += outcome.printed
    return grades, printed


def main(arguments: list[str]) -> None:
    """Print one of the two tables."""
    console = Console(width=200)
    if "--graded" not in arguments:
        console.print(expected(ROWS))
        return
    with TemporaryDirectory() as folder:
        grades, printed = grade_all(Path(folder))
    console.print(graded(ROWS, grades))
    console.print(printed, markup=False, highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])
