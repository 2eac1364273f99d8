import io

from rich.console import Console

from autograder.reports.table import counted, grades_table
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
    assert "needs a look: not a text file" in shown(
        grade("ada", verdict=SubmissionVerdict.UNREADABLE, feedback="not a text file")
    )


def test_what_needs_a_look_comes_first_and_who_handed_in_nothing_last(grade):
    text = shown(
        grade("dora", verdict=SubmissionVerdict.ABSENT),
        grade("ada", 2),
        grade("ben", verdict=SubmissionVerdict.INFRASTRUCTURE),
        grade("cleo", verdict=SubmissionVerdict.UNREADABLE),
        grade("eve", 2),
    )
    order = ["cleo", "ben", "ada", "eve", "dora"]
    assert sorted(order, key=text.index) == order
    assert "nothing handed in" in text


def test_each_verdict_is_counted(grade):
    of = SubmissionVerdict
    grades = [grade("a", 2), grade("b", verdict=of.UNREADABLE), grade("c", verdict=of.ABSENT)]
    assert counted(grades) == "1 graded, 1 needs a look, 1 handed in nothing"
    grades += [grade("d", verdict=of.UNREADABLE), grade("e", verdict=of.INFRASTRUCTURE)]
    assert counted(grades) == "1 graded, 2 need a look, 1 to be graded again, 1 handed in nothing"


def test_names_are_not_markup(grade):
    assert "[bold]ada[/x]" in shown(grade("[bold]ada[/x]", 2))
