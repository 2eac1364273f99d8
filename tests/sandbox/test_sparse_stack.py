"""Stacks of arrays that differ in few entries: the same to the last bit at the other end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.sandbox.inside.sparse_stack import thicken, thin

SHAPES = arrays.array_shapes(min_dims=2, max_dims=4, max_side=5)
STACKS = st.sampled_from(["<f8", "<f4", "<i8", "|u1", "<c16", "|b1"]).flatmap(
    lambda code: arrays.arrays(np.dtype(code), SHAPES)
)


@given(STACKS)
def test_any_stack_comes_back(stack: np.ndarray) -> None:
    again = thicken(thin(stack))
    assert again.dtype == stack.dtype
    assert again.tobytes() == stack.tobytes()


def test_single_changes_travel_light() -> None:
    stack = np.repeat(np.random.default_rng(0).normal(size=(1, 10, 50)), 100, axis=0)
    for i, row in enumerate(stack):
        row.flat[i] += 1e-6
    first, count, positions, values = thin(stack)
    assert first.nbytes + positions.nbytes + values.nbytes < stack.nbytes / 50
    assert count == 100
    assert thicken((first, count, positions, values)).tobytes() == stack.tobytes()


def test_zeros_keep_their_sign_and_nan_its_place() -> None:
    stack = np.zeros((4, 8))
    stack[1, 2], stack[2, 3] = -0.0, np.nan
    again = thicken(thin(stack))
    assert np.signbit(again[1, 2])
    assert np.isnan(again[2, 3])
    assert again.tobytes() == stack.tobytes()


@pytest.mark.parametrize(
    "forged",
    [
        (np.zeros(3), 10**9, np.zeros(0, dtype=np.int64), np.zeros(0)),
        (np.zeros(3), 2, np.array([6]), np.array([1.0])),
        (np.zeros(3), 2, np.array([-1]), np.array([1.0])),
        (np.zeros(3), 2, np.array([0, 1]), np.array([1.0])),
        (np.zeros(3), 2, np.array([0.5]), np.array([1.0])),
        (np.zeros(3), True, np.array([0]), np.array([1.0])),
        ([0.0], 2, np.array([0]), np.array([1.0])),
    ],
)
def test_forged_parts_are_refused(forged: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match=r"stack|positions"):
        thicken(forged)
