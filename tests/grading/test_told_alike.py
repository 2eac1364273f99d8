"""Two failures told alike: what a check measures is nearly the same, though all random numbers differ."""

import pytest

from autograder.grading.told_alike import mostly_alike, near_numbers, same_words

SHARE = "AssertionError: the share of entries kept should be 0.25, but it is {}"
WEIGHTS = "AssertionError: weights in use[{}] should be {}, but it is {} ({} of 2000 entries differ)"


def alike(one: str, other: str) -> bool:
    return same_words(one, other) and near_numbers(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHARE.format(0.7487), SHARE.format(0.7512)),
        (WEIGHTS.format("27, 7", -2.855, -1.999, 1423), WEIGHTS.format("0, 8", 2.5, 1e-05, 1391)),
        (
            "the accuracy should be at least 0.8, but it is 0.39",
            "the accuracy should be at least 0.8, but it is 0.45",
        ),
        ("the mean should be 1, but it is nan", "the mean should be 1, but it is nan"),
    ],
)
def test_chance_alone(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHARE.format(0.7487), SHARE.format(0.4)),
        (SHARE.format(0.7487), SHARE.format(0.01)),
        (SHARE.format(0.7487), SHARE.format("nan")),
        (WEIGHTS.format("27, 7", -2.9, -2.0, 1423), WEIGHTS.format("0, 8", 2.5, 1.9, 600)),
        (
            f"{SHARE.format(0.75)}. Every entry is 0.7 times",
            f"{SHARE.format(0.75)}. Every entry is 0.8 times",
        ),
    ],
)
def test_other_numbers(one: str, other: str) -> None:
    assert same_words(one, other)
    assert not near_numbers(one, other)


def test_other_words() -> None:
    assert not same_words(SHARE.format(0.75), SHARE.format(0.75).replace("entries", "weights"))


def test_most_failures_alike() -> None:
    near, far = ((SHARE.format(0.75), SHARE.format(number)) for number in (0.74, 0.4))
    exact = (SHARE.format(0.5), SHARE.format(0.5))
    other = (SHARE.format(0.75), "the largest angle should be at most 20, but it is 40")
    assert mostly_alike([near, near, other])
    assert mostly_alike([exact, exact, far, far, other, other])
    assert not mostly_alike([near, other])
    assert not mostly_alike([near, far, far])
    assert not mostly_alike([exact, exact, other, other])
