"""Functions that compute in single precision, openly or in secret."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.gradients import check_gradient

IN_SINGLE = {
    "result": lambda x: np.tanh(x.astype(np.float32)),
    "inside": lambda x: np.tanh(x.astype(np.float32)).astype(np.float64),
    "inside, then double": lambda x: np.tanh(x.astype(np.float32)).astype(np.float64) * 1.1 + 0.3,
    "scalar": lambda x: float(np.tanh(x.astype(np.float32)).sum()),
    "scalar, then double": lambda x: float(np.tanh(x.astype(np.float32)).sum()) * 1.1 + 0.3,
}


@settings(derandomize=True, max_examples=80)
@given(
    where=st.sampled_from(sorted(IN_SINGLE)),
    scale=st.sampled_from([1e-3, 1.0, 3.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_single_precision_is_no_mistake_and_hides_none(where, scale, seed):
    rng = np.random.default_rng(seed)
    x = scale * rng.normal(size=(4, 5))
    factor = 1.1 if "double" in where else 1.0

    def gradient(x, upstream):
        return upstream * factor * (1 - np.tanh(x.astype(np.float32)) ** 2)

    assert check_gradient(IN_SINGLE[where], x, gradient, rng=rng).passed
    wrong = check_gradient(IN_SINGLE[where], x, lambda x, upstream: -gradient(x, upstream), rng=rng)
    assert wrong.cause == "sign"


def test_half_precision():
    x = np.linspace(-2, 2, 9)
    assert check_gradient(lambda x: x.astype(np.float16) * 3, x, lambda x, upstream: 3 * upstream).passed
    assert not check_gradient(lambda x: x.astype(np.float16) * 3, x, lambda x, upstream: upstream).passed


@pytest.mark.parametrize("function", [np.square, np.round, lambda x: x * 0.5])
def test_double_precision_is_not_taken_for_single(function):
    """A gradient that is off by 1e-6 shows only where the function is known to compute exactly."""
    x = np.random.default_rng(1).normal(size=10)
    assert not check_gradient(function, x, lambda x, upstream: upstream * (2 * x + 1e-6)).passed


def test_float32_inputs_are_raised_to_double():
    seen = set()

    def f(x):
        seen.add(x.dtype)
        return x**2

    assert check_gradient(f, np.ones(3, np.float32), lambda x, upstream: 2 * x * upstream).passed
    assert seen == {np.dtype(np.float64)}
