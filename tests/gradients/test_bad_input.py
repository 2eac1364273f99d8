"""Whatever the student's function does, there is a cause and a sentence, and never a traceback of ours."""

import numpy as np
import pytest

from autograder.gradients import assert_gradient, check_gradient
from autograder.verdicts import CheckVerdict

X = np.arange(6.0).reshape(2, 3) + 0.5


def changing(x):
    x += 1
    return x


def counting():
    calls = iter(range(10**6))
    return lambda x: x + next(calls)


def growing():
    calls = iter(range(10**6))
    return lambda x: np.ones(next(calls) // 7)


FUNCTIONS = {
    "none": (lambda x: None, "other", "return"),
    "a tuple": (lambda x: (x, "cache"), "other", "tuple of 2"),
    "text": (lambda x: "out", "other", "returned text"),
    "ragged": (lambda x: [[1], [1, 2]], "other", "list"),
    "complex": (lambda x: x * 1j, "other", "real numbers"),
    "objects": (lambda x: np.array([object()]), "other", "real numbers"),
    "an exception": (lambda x: x[7], "other", "IndexError"),
    "nan": (lambda x: x * np.nan, "not_finite", "output[0, 0] is nan (6 of 6 entries are not finite)"),
    "inf": (lambda x: np.exp(x * 1e6), "not_finite", "is inf"),
    "its input changed": (changing, "impure", "changes its argument"),
    "another answer each time": (counting(), "impure", "two different answers"),
    "another shape each time": (lambda x: np.ones(np.random.randint(1, 90)), "impure", "different shapes"),
    "another shape later": (growing(), "impure", "different shapes"),
}


@pytest.mark.parametrize("what", FUNCTIONS)
def test_functions_that_answer_badly(what):
    f, cause, words = FUNCTIONS[what]
    report = check_gradient(f, X, lambda x, upstream: x)
    assert (report.passed, report.cause) == (False, cause)
    assert words in report.text
    report.plot()


GRADIENTS = {
    "none": (lambda x, u: None, "other", "return"),
    "a tuple": (lambda x, u: (x, x), "other", "tuple of 2"),
    "an exception": (lambda x, u: x @ u, "other", "ValueError"),
    "nan": (
        lambda x, u: np.full(x.shape, np.nan),
        "not_finite",
        "dx[0, 0] is nan (6 of 6 entries are not finite)",
    ),
    "a number": (lambda x, u: 1.0, "shape", "shape ()"),
    "one axis too many": (lambda x, u: u[None], "missing_sum", "(1, 2, 3)"),
    "empty": (lambda x, u: u[:0], "shape", "(0, 3)"),
    "text": (lambda x, u: "dx", "other", "returned text"),
}


@pytest.mark.parametrize("what", GRADIENTS)
def test_gradients_that_are_none(what):
    gradient, cause, words = GRADIENTS[what]
    report = check_gradient(lambda x: x, X, gradient)
    assert (report.passed, report.cause) == (False, cause)
    assert words in report.text


def test_callers_that_ask_badly():
    def cause_and_text(*arguments, **options):
        report = check_gradient(*arguments, **options)
        return report.cause, report.text

    assert cause_and_text(np.sin, [np.nan, 1.0], np.ones(2))[0] == "not_finite"
    cause, text = cause_and_text(np.sin, "x", np.ones(2))
    assert (cause, "input x is text" in text) == ("other", True)
    cause, text = cause_and_text(np.sin, X, np.cos(X))
    assert (cause, "upstream=" in text) == ("other", True)
    cause, text = cause_and_text(np.sin, X, np.cos(X), upstream=np.ones(3))
    assert (cause, "(3,)" in text) == ("shape", True)
    cause, text = cause_and_text(np.sin, X, np.cos(X), upstream=np.zeros(X.shape))
    assert (cause, "zero everywhere" in text) == ("other", True)


def test_an_exception_is_chained_to_the_assertion():
    with pytest.raises(AssertionError, match=r"db: .*ZeroDivisionError") as raised:
        assert_gradient(lambda x: 1 // 0, X, X, name="db")
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


class SandboxTimeoutError(Exception):
    autograder_verdict = CheckVerdict.TIMEOUT


@pytest.mark.parametrize("error", [NotImplementedError, MemoryError, SandboxTimeoutError, KeyboardInterrupt])
@pytest.mark.parametrize("where", ["function", "gradient"])
def test_verdicts_of_the_grader_pass_through(error, where):
    def fail(*arguments):
        raise error("not now")

    f, gradient = (fail, np.ones_like) if where == "function" else (np.sin, fail)
    with pytest.raises(error, match="not now"):
        check_gradient(f, X, gradient)


def test_no_warnings_reach_the_student():
    """Steps beyond the edge of a domain are ours, not the student's."""
    with np.errstate(all="raise"):
        assert check_gradient(np.sqrt, np.array([1e-5, 1.0]), lambda x, u: u / (2 * np.sqrt(x))).passed


def test_a_function_may_return_its_own_argument_or_one_buffer_again():
    buffer = np.empty(X.shape)
    assert_gradient(lambda x: x, X, lambda x, upstream: upstream)
    assert_gradient(lambda x: np.sin(x, out=buffer), X, lambda x, upstream: upstream * np.cos(x))


def test_what_the_gradient_does_to_its_arguments_does_not_matter():
    def gradient(x, upstream):
        upstream *= 2 * x
        x[:] = 0
        return upstream

    given = X.copy()
    assert_gradient(np.square, given, gradient)
    assert np.array_equal(given, X)
