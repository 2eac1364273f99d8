"""The likely mistake is named, with the number where it is a factor."""

import numpy as np
import pytest

from autograder.gradients import check_gradient

rng = np.random.default_rng(4)
X, W, B = rng.normal(size=(6, 5)), rng.normal(size=(5, 3)), rng.normal(size=3)


def relu(x):
    return np.maximum(x, 0)


def normal(x):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)


def penalised(w):
    return np.tanh(X @ w).sum() + 3 * (w**2).sum()


WRONG = {
    "scale": (lambda x: x @ W, X, lambda x, u: u @ W.T / 6),
    "sign": (lambda x: x @ W, X, lambda x, u: -u @ W.T),
    "transposed": (lambda w: X @ w, W, lambda w, u: (X.T @ u).T),
    "missing_upstream": (np.tanh, X, lambda x, u: 1 - np.tanh(x) ** 2),
    "missing_mask": (relu, X, lambda x, u: u),
    "missing_sum": (lambda b: X @ W + b, B, lambda b, u: u),
    "missing_term": (normal, X, lambda x, u: u / np.sqrt(x.var(axis=0) + 1e-5)),
    "shape": (lambda w: X @ w, W, lambda w, u: (X.T @ u)[:-1]),
    "not_finite": (np.tanh, X, lambda x, u: u / np.zeros_like(x)),
    "impure": (lambda x: x + np.random.default_rng().random(), X, lambda x, u: u),
    "other": (np.tanh, X, lambda x, u: u * np.cos(5 * x)),
}
ALSO_WRONG = [
    ("transposed", np.sin, np.ones((4, 4)) + np.arange(4), lambda x, u: (u * np.cos(x)).T),
    ("transposed", lambda w: X @ w, W, lambda w, u: (X.T @ u).T.reshape(W.shape)),
    ("missing_mask", lambda x: np.where(x > 0, x, 0.01 * x), X, lambda x, u: u),
    ("missing_mask", lambda x: relu(x) / 0.6, X, lambda x, u: u),
    ("missing_sum", lambda b: X @ W + b, B, lambda b, u: u[-1]),
    ("missing_sum", lambda w: X @ w, W, lambda w, u: np.outer(X[-1], u[-1])),
    ("missing_term", penalised, W, lambda w, u: u * X.T @ (1 - np.tanh(X @ w) ** 2)),
    ("missing_term", normal, X, lambda x, u: (u - u.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)),
    ("not_finite", lambda x: x / 0.0, X, lambda x, u: u),
]


@pytest.mark.parametrize("cause", WRONG)
def test_each_cause_is_named(cause):
    report = check_gradient(*WRONG[cause])
    assert not report.passed
    assert report.cause == cause
    assert report.text.startswith("dx")


@pytest.mark.parametrize(("cause", "f", "x", "gradient"), ALSO_WRONG)
def test_other_forms_of_a_cause(cause, f, x, gradient):
    assert check_gradient(f, x, gradient).cause == cause


@pytest.mark.parametrize(
    ("factor", "name"),
    [
        (2, "2"),
        (1 / 2, "1/2"),
        (7, "N"),
        (1 / 7, "1/N"),
        (5, "C"),
        (1 / 5, "1/C"),
        (-2, "-2"),
        (-1 / 7, "-1/N"),
        (0.3, None),
    ],
)
def test_factors_are_found_and_named(factor, name):
    x = rng.normal(size=(7, 5))
    report = check_gradient(np.sin, x, lambda x, u: factor * u * np.cos(x))
    assert report.cause == "scale"
    assert report.factor == pytest.approx(factor, rel=1e-6)
    assert report.factor.name == name
    assert f"{factor:.4g}" in report.text


def test_the_batch_size_is_known_from_the_output_too():
    report = check_gradient(lambda b: X @ W + b, B, lambda b, u: u.mean(axis=0))
    assert report.factor.name == "1/N"


def test_one_number_is_no_pattern():
    """Any wrong value of a single entry is some multiple of the right one."""
    assert check_gradient(lambda x: x**2, 3.0, 7.1).cause == "other"
    assert check_gradient(lambda x: x**2, 3.0, 12.0).factor.name == "2"
    assert check_gradient(lambda x: x**2, 3.0, -6.0).cause == "sign"


def test_the_worst_entries_come_first_with_both_values():
    wrong = np.cos(X)
    wrong[2, 3] += 5
    wrong[4, 1] += 7
    report = check_gradient(lambda x: np.sin(x).sum(), X, wrong)
    assert [entry.index for entry in report.worst] == [(4, 1), (2, 3)]
    assert report.worst[0].analytic == wrong[4, 1]
    assert report.worst[0].numeric == pytest.approx(np.cos(X[4, 1]), rel=1e-8)
    assert "[4, 1]" in report.text


def test_kinked_entries_do_not_spoil_the_diagnosis():
    x = X * (X > -0.5)
    report = check_gradient(relu, x, lambda x, u: 3 * u * (x > 0))
    assert (report.cause, float(report.factor)) == ("scale", pytest.approx(3))


def test_what_is_off_by_a_trifle_is_not_called_a_multiple():
    report = check_gradient(np.sin, X, lambda x, u: u * np.cos(x) * (1 + 1e-7))
    assert not report.passed
    assert report.cause == "other"
    assert "too much for float64" in report.text


def test_a_report_is_its_verdict_and_its_text():
    right = check_gradient(np.sin, X, lambda x, u: u * np.cos(x))
    wrong = check_gradient(np.sin, X, lambda x, u: u, name="dscores")
    assert right
    assert not wrong
    assert str(wrong).startswith("dscores is wrong: 30 of 30 entries")
    assert right.cause is None
