"""Screening runs what is planned, in the planned order, and stops when a variant is caught."""

from collections.abc import Callable
from functools import partial

from autograder.course.assignment import Assignment
from autograder.proof.screening import screen
from autograder.proxy.channel import DirectChannel
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict

RIGHT = "import numpy as np\nscaled = lambda x, factor=2.0: x * factor\npicked = np.take\n"
WRONG = "scaled = lambda x, factor=2.0: x\npicked = lambda x, places: x\n"

SPREAD, PICKED, EXAMPLE = "test_spread_of_columns", "test_picked", "test_scaled_worked_example"
CASES = ("test_scaled_by_any_factor[0.5]", "test_scaled_by_any_factor[3.0]")


def run(
    topic: Assignment, sources: dict[str, str], plan: list[str], enough: int
) -> list[tuple[str, str, str]]:
    students = {name: partial(DirectChannel, source, topic.name) for name, source in sources.items()}
    cases = screen(topic, students, NumberedSeed(0), dict.fromkeys(students, plan), enough)
    return [(case.student, case.name, case.verdict) for case in cases]


def test_the_order_is_the_plans(make_topic: Callable[..., Assignment]):
    found = run(make_topic(), {"b": RIGHT, "a": RIGHT}, [PICKED, *CASES[::-1], EXAMPLE], enough=1)
    assert [name for _, name, _ in found] == [PICKED, *CASES[::-1], EXAMPLE] * 2
    assert [student for student, _, _ in found] == ["b"] * 4 + ["a"] * 4
    assert {verdict for _, _, verdict in found} == {CheckVerdict.PASSED}


def test_it_stops_when_enough_checks_have_failed(make_topic: Callable[..., Assignment]):
    plan = [*CASES, PICKED, EXAMPLE, SPREAD]
    topic = make_topic()
    once = run(topic, {"wrong": WRONG, "right": RIGHT}, plan, enough=1)
    assert [name for student, name, _ in once if student == "wrong"] == [CASES[0]]
    assert [name for student, name, _ in once if student == "right"] == plan
    twice = run(topic, {"wrong": WRONG}, plan, enough=2)
    assert [name for _, name, _ in twice] == [CASES[0], PICKED]
