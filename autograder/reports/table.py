"""The class in a table, for the terminal, and counted."""

from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from autograder.grading.result import Grade
from autograder.printable import printable
from autograder.verdicts import CheckVerdict, SubmissionVerdict

#: Where the rows of a verdict stand: what a person has to see to comes first.
_PLACES = {
    SubmissionVerdict.UNREADABLE: 0,
    SubmissionVerdict.INFRASTRUCTURE: 1,
    SubmissionVerdict.GRADED: 2,
    SubmissionVerdict.ABSENT: 3,
}


def grades_table(grades: Sequence[Grade]) -> Table:
    """Return a table with a row per student: score, checks passed, and remarks.

    What needs a look comes first, and who handed in nothing last. The remarks say why a submission could not
    be graded. Of one that was graded, they count the verdicts of the checks that did not pass, and name the
    known mistakes.
    """
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("student", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("passed", justify="right", no_wrap=True)
    table.add_column("remarks", overflow="fold")
    for grade in sorted(grades, key=lambda grade: _PLACES[grade.verdict]):
        table.add_row(*(Text(printable(cell)) for cell in _row(grade)), style=_style(grade))
    return table


def counted(grades: Sequence[Grade]) -> str:
    """Return how many were graded, need a look, failed or handed in nothing, in words."""
    counts = Counter(grade.verdict for grade in grades)
    look = "needs a look" if counts[SubmissionVerdict.UNREADABLE] == 1 else "need a look"
    words = {
        SubmissionVerdict.GRADED: "graded",
        SubmissionVerdict.UNREADABLE: look,
        SubmissionVerdict.INFRASTRUCTURE: "to be graded again",
        SubmissionVerdict.ABSENT: "handed in nothing",
    }
    return ", ".join(f"{counts[verdict]} {said}" for verdict, said in words.items() if counts[verdict])


def _row(grade: Grade) -> tuple[str, str, str, str]:
    passed = sum(check.verdict == CheckVerdict.PASSED for check in grade.checks)
    return (
        grade.student,
        f"{grade.score:g}/{grade.max_score:g}",
        f"{passed}/{len(grade.checks)}" if grade.checks else "-",
        _remarks(grade),
    )


def _remarks(grade: Grade) -> str:
    match grade.verdict:
        case SubmissionVerdict.UNREADABLE:
            return f"needs a look: {grade.feedback}"
        case SubmissionVerdict.INFRASTRUCTURE:
            return f"{grade.verdict}: {grade.feedback}"
        case SubmissionVerdict.ABSENT:
            return grade.verdict
    counts = Counter(check.verdict for check in grade.checks if check.verdict != CheckVerdict.PASSED)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    mistakes = ", ".join(dict.fromkeys(check.misconception for check in grade.checks if check.misconception))
    return f"{verdicts}: {mistakes}" if mistakes else verdicts


def _style(grade: Grade) -> str:
    if grade.verdict != SubmissionVerdict.GRADED:
        return "dim" if grade.verdict == SubmissionVerdict.ABSENT else "red"
    return "" if grade.score < grade.max_score else "green"
