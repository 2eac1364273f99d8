import io

from rich.console import Console

from autograder.reports.table import grades_table
from autograder.verdicts import SubmissionVerdict


def shown(*grades) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(grades_table(grades))
    return console.file.getvalue()


def test_a_row_says_score_checks_events_and_known_mistakes(grade):
    text = shown(grade("ada", 2, 0, 1))
    for part in ("ada", "3/6", "1/3", "2 failed: no-shift"):
        assert part in text


def test_a_mistake_is_named_once(grade):
    assert shown(grade("ada", 0, 0)).count("no-shift") == 1


def test_an_unreadable_submission_says_why(grade):
    assert "unreadable: not a text file" in shown(
        grade("ada", verdict=SubmissionVerdict.UNREADABLE, feedback="not a text file")
    )


def test_names_are_not_markup(grade):
    assert "[bold]ada[/x]" in shown(grade("[bold]ada[/x]", 2))
