"""The class in a table, for the terminal."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from autograder.grading.grade import Grade

__all__ = ["grades_table"]


def grades_table(grades: Sequence[Grade]) -> Table:
    """Return a table with a row per student: score, checks passed, what else befell, and known mistakes."""
    table = Table(header_style="bold")
    table.add_column("student", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("checks passed", justify="right", no_wrap=True)
    table.add_column("what happened", overflow="fold")
    table.add_column("known mistakes", overflow="fold")
    for grade in grades:
        table.add_row(*(Text(cell) for cell in _row(grade)), style=_style(grade))
    return table


def _row(grade: Grade) -> tuple[str, str, str, str, str]:
    passed = sum(check.verdict == "passed" for check in grade.checks)
    return (
        grade.student,
        f"{grade.score:g} of {grade.max_score:g}",
        f"{passed} of {len(grade.checks)}" if grade.checks else "-",
        _events(grade),
        ", ".join(dict.fromkeys(check.misconception for check in grade.checks if check.misconception)),
    )


def _events(grade: Grade) -> str:
    """Say the verdict of a submission that could not be graded, else count the verdicts of its checks."""
    if grade.verdict != "graded":
        return f"{grade.verdict}: {grade.feedback}" if grade.feedback else grade.verdict
    counts = Counter(check.verdict for check in grade.checks if check.verdict != "passed")
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())


def _style(grade: Grade) -> str:
    if grade.verdict != "graded":
        return "red"
    return "" if grade.score < grade.max_score else "green"
