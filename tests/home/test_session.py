"""The process in which checks run at home: calls that don't end, and what it tells."""

from pathlib import Path

import pytest

from autograder.home import events
from autograder.home.child.job import Job
from autograder.home.session import Outcome, Session
from autograder.verdicts import CheckVerdict

CHECKS = '''
import pytest

@pytest.mark.points(2)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_turns(student, n):
    """Turns"""
    assert student.turns(n) == n

@pytest.mark.points(1)
def test_other(student):
    """Another one"""
    assert student.other() == 1
'''
OTHER = "\ndef other():\n    return 1\n"
LOOP = "def turns(n):\n    while n > 1:\n        pass\n    return n\n"
IN_C = "def turns(n):\n    return n if n < 2 else len(str(7 ** (10 ** 9)))\n"


def outcome(folder: Path, source: str, **shortened: float) -> Outcome:
    (folder / "test_work.py").write_text(CHECKS)
    (folder / "work.py").write_text(source)
    job = Job(str(folder / "test_work.py"), shortened=shortened)
    return Session(job, lambda *_: None).run()


def test_a_loop_without_end_costs_its_own_cases(tmp_path: Path) -> None:
    found = outcome(tmp_path, LOOP + OTHER, turns=0.5)
    turns, other = (checked.cases for checked in found.checks.values())
    assert [case.verdict for case in turns] == [
        CheckVerdict.PASSED,
        CheckVerdict.TIMEOUT,
        CheckVerdict.TIMEOUT,
    ]
    assert [case.verdict for case in other] == [CheckVerdict.PASSED]
    assert turns[1].sentence.startswith("turns has been running for 0.5 s, at line ")
    assert turns[1].place is not None
    assert turns[1].place.line in (2, 3)
    assert found.left == 0


def test_a_helper_is_named_with_the_function_that_calls_it(tmp_path: Path) -> None:
    source = (
        "def loop():\n    while True:\n        pass\n\ndef turns(n):\n    return n if n < 2 else loop()\n"
    )
    found = outcome(tmp_path, source + OTHER, turns=0.5)
    assert "loop, called by turns, has been running" in found.checks["test_turns"].cases[1].sentence


def test_a_file_that_goes_on_for_ever_is_stopped(tmp_path: Path) -> None:
    found = outcome(tmp_path, "while True:\n    pass\n", **{"<module>": 0.5})
    assert found.unloadable is not None
    assert found.unloadable.sentence.startswith("It has been running for 0.5 s")
    assert found.unloadable.place.line in (1, 2)


@pytest.mark.parametrize(
    "event",
    [
        events.Unloadable("SyntaxError", events.Place("", 3, "x ="), 4),
        events.Ended("a::b", CheckVerdict.FAILED, ["f"], "it is 2", events.Place("f", 1, "def f():")),
        events.Left(None),
        events.Done(),
    ],
    ids=lambda event: type(event).__name__,
)
def test_events_arrive_as_they_were_told(event: events.Event) -> None:
    assert events.from_line(events.to_line(event)) == event
