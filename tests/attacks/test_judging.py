"""Backward passes of zeros gain nothing by tricks of the forward pass that they are judged by."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest

from autograder.course.assignment import Assignment
from tests.attacks.judging import ATTACKS, TOPICS, right_with_zeros, worth
from tests.student_code import topic

pytestmark = pytest.mark.unmeasured

#: `make test` tries the tricks in this one, `make test-long` in all.
QUICK = "losses"
#: Checks that compare gradients of the student's with each other: zeros are no gradients there.
AMONG_THEMSELVES = {
    "losses": ["test_integer_images", "test_training_steps"],
    "batchnorm": ["test_caches_of_two_layers", "test_features_far_from_zero"],
    "cnn": ["test_caches_of_two_layers_of_a_kind"],
    "training": ["test_two_layer_net_of_layers", "test_net_of_layers"],
}
each_topic = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == QUICK else [pytest.mark.long]) for name in TOPICS]
)


@cache
def honest(name: str) -> dict[str, Fraction]:
    """What right forward passes are worth with backward passes of zeros, check by check."""
    return worth(right_with_zeros(topic(name)), topic(name))


def test_each_says_what_it_tries() -> None:
    assert all(attack.__doc__ for attack in ATTACKS)


@each_topic
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_trick_gains_nothing(name: str, attack: Callable[[Assignment], str]) -> None:
    found = worth(attack(topic(name)), topic(name))
    gained = {check: float(points) for check, points in found.items() if points > honest(name)[check]}
    assert gained == {}


@each_topic
def test_zeros_do_not_pass_where_they_are_compared_with_each_other(name: str) -> None:
    assert {check: honest(name)[check] for check in AMONG_THEMSELVES.get(name, ())} == dict.fromkeys(
        AMONG_THEMSELVES.get(name, ()), 0
    )
