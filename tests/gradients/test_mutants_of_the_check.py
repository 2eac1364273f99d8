"""The check itself, made worse on purpose: each change is seen by a gradient that it judges wrongly."""

import dataclasses

import numpy as np
import pytest

from autograder.gradients import check, check_gradient, judge, plan, slopes, sweep

X = np.random.default_rng(0).normal(size=(4, 5))


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def relu(x):
    return np.maximum(x, 0)


def tolerance_times_1000(monkeypatch):
    agree = slopes.Slopes.agree
    monkeypatch.setattr(
        slopes.Slopes,
        "agree",
        lambda self, claimed: agree(dataclasses.replace(self, tolerances=1000 * self.tolerances), claimed),
    )


def upstream_of_ones(monkeypatch):
    monkeypatch.setattr(check, "_drawn_upstream", lambda base, analytic, rng: np.ones(base.shape))


def kinks_ignored(monkeypatch):
    monkeypatch.setattr(sweep, "KINK_RATIO", np.inf)


def every_pair_believed(monkeypatch):
    monkeypatch.setattr(sweep, "SHRINK", np.inf)


def one_step_only(monkeypatch):
    monkeypatch.setattr(judge, "swept_slopes", slopes.quick_slopes)


def no_random_directions(monkeypatch):
    monkeypatch.setattr(plan, "DIRECTIONS", 0)


def off_by_little():
    return check_gradient(np.sin, X, lambda x, u: u * np.cos(x) * (1 + 1e-7)).passed


def nothing_through_a_softmax():
    """The sum of a softmax's outputs is constant, so that with an upstream of ones its gradient is 0."""
    return check_gradient(softmax, X, lambda x, u: 0 * x).passed


def relu_at_zero():
    return check_gradient(relu, 0 * X, lambda x, u: u * (x > 0)).passed


def kinks_on_both_sides():
    """Kinks that two large steps cross alike, while smaller ones show another slope."""
    return check_gradient(lambda x: relu(x - 5e-8) - relu(-x - 5e-8), np.zeros(1), np.zeros(1)).passed


def bent_within_a_thousandth():
    return check_gradient(
        lambda x: np.tanh(1e3 * x), X / 1e3, lambda x, u: 1e3 * u / np.cosh(1e3 * x) ** 2
    ).passed


def one_wrong_of_many():
    x = np.resize(X, 5000)
    return check_gradient(np.sin, x, lambda x, u: u * np.cos(x) * (np.arange(5000) != 4321)).passed


CAUGHT = [
    (tolerance_times_1000, off_by_little, False),
    (upstream_of_ones, nothing_through_a_softmax, False),
    (kinks_ignored, relu_at_zero, True),
    (every_pair_believed, kinks_on_both_sides, True),
    (one_step_only, bent_within_a_thousandth, True),
    (no_random_directions, one_wrong_of_many, False),
]


@pytest.mark.parametrize(("mutate", "witness", "right"), CAUGHT)
def test_a_worse_check_judges_wrongly(mutate, witness, right, monkeypatch):
    assert witness() is right
    mutate(monkeypatch)
    assert witness() is not right
