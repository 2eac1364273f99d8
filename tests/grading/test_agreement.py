"""One answer beside that of a known mistake: what agrees, what does not, and how much that says."""

import numpy as np
import pytest

from autograder.grading.agreement import ENOUGH, agreement
from autograder.proxy.entries import Entry, condense

GRADIENT = np.array([0.23, -0.41, 0.2])
RIGHT = (1.7, np.array([0.1, 0.2, 0.3]))


def entry(value: object) -> Entry:
    return condense("loss", value, None, {})


def weight(found: object, known: object, right: object = RIGHT, drawn: bool = False) -> float | None:
    return agreement(entry(found), entry(known), entry(right), drawn)


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ((2.3, GRADIENT), (2.3, GRADIENT * (1 + 1e-12))),
        ([2.3, GRADIENT], (np.array(2.3), GRADIENT[:, None])),
        ((2.3, {"dx": GRADIENT, "other": 1}), (2.3, {"dx": GRADIENT, "mine": None, "m": 2})),
    ],
)
def test_what_is_the_mistakes_names_it(found: object, known: object) -> None:
    assert (weight(found, known) or 0.0) >= ENOUGH


@pytest.mark.parametrize("large", [1e3, 1e9, 1e15])
def test_a_large_part_does_not_hide_another(large: float) -> None:
    assert not weight((large, GRADIENT), (large, 1.2 * GRADIENT), (large, RIGHT[1]))


def test_a_part_that_may_be_rounding_is_no_evidence() -> None:
    assert weight((1.0, np.full(3, 1e-16)), (1.0, np.full(3, -1e-16)), (1.0, np.zeros(3))) == 0.0


def test_what_is_right_too_says_nothing() -> None:
    assert weight(RIGHT, RIGHT) == 0.0


def test_nearer_to_what_is_right() -> None:
    """A mistake of little effect: the submission's answer is the right one, up to rounding."""
    slightly_wrong = (RIGHT[0], RIGHT[1] * (1 + 3e-8))
    assert weight(RIGHT, slightly_wrong) == 0.0
    assert weight(slightly_wrong, slightly_wrong) != 0.0


def test_words_left_out_are_those_of_the_mistake_that_leaves_them_out_too() -> None:
    """Nothing stored where something should be: a mistake that stores other numbers is another one."""
    right, stores_other = (1.7, {"mode": "train", "mean": 0.37}), (1.7, {"mode": "train", "mean": 0.91})
    found = (1.7, {})
    assert weight(found, stores_other, right) == 0.0
    assert weight(found, found, right) != 0.0


NAN, INF = np.nan, np.inf


def test_nan_and_inf_where_the_mistake_has_them_elsewhere() -> None:
    """exp/sum and log-sum-exp overflow at different places."""
    found = (NAN, np.array([0.23, NAN, 0.5, 0.7]))
    known = (INF, np.array([0.23, 0.0, 0.5, NAN]))
    assert weight(found, known, (3.0, np.array([0.1, 0.2, 0.3, 0.4]))) == ENOUGH + 1.0


def test_finite_numbers_that_differ_beside_nan() -> None:
    found, known = np.array([0.23, NAN, 0.5]), np.array([0.24, NAN, 0.5])
    assert weight(found, known, np.ones(3)) is None


def test_nan_alone_says_little() -> None:
    said = weight(np.full(3, NAN), np.full(3, NAN), np.ones(3))
    assert said is not None
    assert 0 < said < ENOUGH


def test_nan_is_not_whatever_a_mistake_gives() -> None:
    assert weight(np.full(3, NAN), GRADIENT, np.ones(3)) is None
    assert weight(GRADIENT, np.full(3, NAN), np.ones(3)) is None


def test_numbers_that_come_up_by_themselves_say_little() -> None:
    said = weight(np.zeros(50), np.zeros(50), np.ones(50))
    assert said is not None
    assert 0 < said < ENOUGH
    assert weight(2.0, 2.0, 1.0) == 0.5


def test_other_shapes_and_other_words_are_another_mistake() -> None:
    assert weight(GRADIENT, GRADIENT[:2], np.ones(3)) is None
    image = np.linspace(0.13, 0.9, 6).reshape(2, 3)
    assert weight(image, image.ravel(), image) is None
    assert weight(image.ravel(), image.ravel()[None], image)
    assert weight("low", "high", "good") is None
    assert weight("low", "low", "good") == 0.5


def test_exceptions() -> None:
    assert weight(ValueError("shapes (2,3) and (4,) differ"), ValueError("shapes (2,3) and (4,) differ"))
    assert (weight(ValueError("a"), ValueError("b")) or 0.0) < ENOUGH
    assert weight(ValueError("a"), KeyError("a")) is None
    assert weight(ValueError("a"), GRADIENT) is None


def test_a_random_mask_is_compared_where_both_let_pass() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=400)
    one, other = (x * (rng.uniform(size=400) < 0.3) / 0.3 for _ in range(2))
    right = x * (rng.uniform(size=400) < 0.7) / 0.7
    assert weight(one, other, right, drawn=True) == ENOUGH
    assert weight(one, other, right) is None
    assert weight(right, other, right, drawn=True) is None
    assert weight(other * 1.1, other, right, drawn=True) is None
