"""A check is not idle for a chance of the grading seed."""

from collections.abc import Callable
from concurrent.futures import Executor

import pytest

from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.proof import prove
from autograder.proof.grade_variants import DeclaredVariant, grade_declared
from autograder.proof.second_look import alone_elsewhere

MakeTopic = Callable[..., Assignment]

WRONG = "misconception-root-forgotten"
TWIN = '''

@pytest.mark.points(1)
def test_twin(student, rng):
    """spread: once more"""
    x = rng.standard_normal((4, 3))
    if rng.random() > 1 - CHANCE:
        assert_close(student.spread(x), np.sqrt((x**2).sum(axis=0) / 4))
'''


def twin_of(topic: Assignment) -> Callable[[float], Assignment]:
    """Gives the topic a second check of `spread`, which looks with a part of all seeds."""
    checks = topic.checks.read_text()

    def with_twin(chance: float) -> Assignment:
        topic.checks.write_text(checks + TWIN.replace("CHANCE", str(chance)))
        return topic

    return with_twin


def caught_twice(topic: Assignment, workers: Executor) -> list[DeclaredVariant]:
    found = grade_declared(topic, workers, {WRONG})
    return [v for v in found if v.failed == {"test_spread_of_columns", "test_twin"}]


def test_only_a_twin_by_chance_is_forgiven(make_topic: MakeTopic, workers: Executor):
    with_twin = twin_of(make_topic())
    always = with_twin(1.0)
    wrong = caught_twice(always, workers)
    assert wrong
    idle = [check for check in read_checks(always.checks) if check.id == "test_spread_of_columns"]
    assert alone_elsewhere(always, workers, wrong, idle) == set()
    assert alone_elsewhere(with_twin(0.5), workers, wrong, idle) == {"test_spread_of_columns"}


@pytest.mark.long
def test_a_proof_looks_twice(make_topic: MakeTopic, workers: Executor):
    """With the usual seed both catch the mistake, with others the twin does not."""
    topic = twin_of(make_topic())(0.5)
    assert caught_twice(topic, workers)
    proof = prove(topic, workers)
    assert proof.sole_kills("test_spread_of_columns") == 0
    assert proof.elsewhere == {"test_spread_of_columns"}
    assert proof.problems == []
