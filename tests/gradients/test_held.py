"""A gradient that agrees with its function is held against the function as it should be."""

import math

import numpy as np
import pytest

from autograder.gradients import check_gradient

X = np.random.default_rng(3).normal(size=(5, 4))
LARGE = np.random.default_rng(4).normal(size=(30, 20))
zeros = lambda x, upstream: np.zeros(x.shape)  # noqa: E731


def still(f):
    """f as it is at the first input; beside that it answers the same."""
    answers = []

    def constant(x):
        answers.append(f(x))
        return answers[0]

    return constant


def flatter(f, share):
    """f as it is at the first input, and around it only a share as steep."""
    answers = []

    def other(x):
        answers.append(f(x))
        return answers[0] + share * (answers[-1] - answers[0])

    return other


@pytest.mark.parametrize("x", [X, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("f", [np.sin, lambda x: (x**2).sum(), lambda x: np.maximum(x, 0)])
def test_a_function_that_stands_still_proves_nothing(f, x):
    assert check_gradient(still(f), x, zeros).passed
    report = check_gradient(still(f), x, zeros, documented=f)
    assert (report.passed, report.cause) == (False, "impure")
    assert "stays the same" in report.text


def test_one_that_is_wrong_and_stands_still_proves_nothing_either():
    for wrong in (lambda x: np.sin(x) + 7, lambda x: 0 * x, lambda x: np.zeros(3)):
        assert not check_gradient(still(wrong), X, zeros, documented=np.sin).passed


@pytest.mark.parametrize("share", [0.5, 0.99, 1.01, -1.0])
def test_a_function_that_is_right_at_the_input_must_be_right_beside_it(share):
    def gradient(x, upstream):
        return share * upstream * np.cos(x)

    assert check_gradient(flatter(np.sin, share), X, gradient).passed
    report = check_gradient(flatter(np.sin, share), X, gradient, documented=np.sin)
    assert (report.passed, report.cause) == (False, "impure")
    assert "not beside it" in report.text


WRONG = {
    "twice as much": (lambda x: 2 * np.sin(x), lambda x, u: 2 * u * np.cos(x)),
    "the other sign": (lambda x: -np.sin(x), lambda x, u: -u * np.cos(x)),
    "another function": (np.square, lambda x, u: 2 * u * x),
    "the columns turned": (lambda x: np.sin(x[::-1]), lambda x, u: u[::-1] * np.cos(x)),
    "another shape": (lambda x: np.sin(x).sum(axis=0), lambda x, u: u * np.cos(x)),
    "only a part of it": (lambda x: np.sin(x) * (x > 0), lambda x, u: u * np.cos(x) * (x > 0)),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_function_is_its_own_judge(what):
    f, gradient = WRONG[what]
    assert check_gradient(f, X, gradient, documented=np.sin).passed


def test_a_mistake_that_hardly_shows_in_a_loss_is_its_own_judge():
    """Such as a penalty on small biases: a thousandth of the loss, and half of its slope."""
    b = 0.02 * X
    right = lambda x: 2.3 + 0.01 * x.sum()  # noqa: E731
    penalized = lambda x: right(x) + 0.35 * (x**2).sum()  # noqa: E731
    assert 0 < penalized(b) / right(b) - 1 < 2e-3
    assert check_gradient(penalized, b, lambda x, u: u * (0.01 + 0.7 * x), documented=right).passed


def erf(x):
    return np.vectorize(math.erf)(x)


def gelu(x):
    return x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))) / 2


NEARLY = {
    "in single precision": (
        np.sin,
        lambda x: np.sin(x.astype(np.float32)),
        lambda x, u: u * np.cos(x.astype(np.float32)),
    ),
    "at a kink": (np.abs, np.abs, lambda x, u: u * np.sign(x)),
    "a little more in the logarithm": (
        lambda x: np.log(x**2),
        lambda x: np.log(x**2 + 1e-8),
        lambda x, u: 2 * u * x / (x**2 + 1e-8),
    ),
    "gelu by erf": (
        gelu,
        lambda x: x * (1 + erf(x / 2**0.5)) / 2,
        lambda x, u: u * ((1 + erf(x / 2**0.5)) / 2 + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)),
    ),
    "another slope of a leaky relu": (
        lambda x: np.where(x > 0, x, 0.01 * x),
        lambda x: np.where(x > 0, x, 0.011 * x),
        lambda x, u: u * np.where(x > 0, 1, 0.011),
    ),
}


@pytest.mark.parametrize("x", [X, LARGE, np.array([[0.0, 1.0, -2.0]])], ids=["small", "large", "a kink"])
@pytest.mark.parametrize("what", NEARLY)
def test_slips_of_the_size_of_the_value_are_no_pretence(what, x):
    documented, f, gradient = NEARLY[what]
    if what == "a little more in the logarithm":
        x = np.abs(x) + 0.5
    report = check_gradient(f, x, gradient, documented=documented)
    assert report.passed, report.text


def test_where_the_slopes_should_be_zero_zeros_pass():
    f = lambda x: np.maximum(x, 0)  # noqa: E731
    assert check_gradient(f, -np.abs(X) - 1, zeros, documented=f).passed
    assert check_gradient(lambda x: x, np.empty((0, 3)), zeros, documented=lambda x: x).passed


def test_it_draws_nothing():
    with_it, without = np.random.default_rng(1), np.random.default_rng(1)
    check_gradient(np.sin, X, lambda x, u: u * np.cos(x), rng=with_it, documented=np.sin)
    check_gradient(np.sin, X, lambda x, u: u * np.cos(x), rng=without)
    assert with_it.random() == without.random()


def test_a_gradient_that_is_wrong_is_told_as_ever():
    told = [
        check_gradient(np.sin, X, lambda x, u: -u * np.cos(x), documented=documented).text
        for documented in (None, np.sin)
    ]
    assert told[0] == told[1]
