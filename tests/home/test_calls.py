"""Calls of a check, ready to paste."""

import types

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.home.calls import Calls

NUMBERS = (
    st.floats(allow_nan=True, allow_infinity=True) | st.integers(-(2**40), 2**40) | st.booleans() | st.none()
)
ARRAYS = arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=3)) | arrays.arrays(
    np.int64, arrays.array_shapes(max_dims=2, max_side=3)
)
VALUES = st.recursive(
    NUMBERS | ARRAYS | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


def run(text: str, module: types.ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, module.__name__, module)
    exec(text, {})


@given(value=VALUES)
def test_what_is_pasted_passes_the_same(value: object) -> None:
    calls, got = Calls(), []
    module = types.ModuleType("work_to_paste")
    module.f = lambda x, **keywords: got.append((x, keywords))  # type: ignore[attr-defined]
    call = calls.begin("f", [value], {"eps": 1e-5})
    with pytest.MonkeyPatch.context() as patch:
        run(calls.to_paste(call, "work_to_paste"), module, patch)
    np.testing.assert_equal(got, [(value, {"eps": 1e-5})])
    assert type(got[0][0]) is type(value)


def test_a_cache_is_made_by_the_call_that_gave_it() -> None:
    calls, x, cache = Calls(), np.arange(3.0), object()
    forward = calls.begin("relu_forward", [x], {})
    forward.returned = (x, cache)
    backward = calls.begin("relu_backward", [np.ones(3), cache], {})
    assert calls.to_paste(backward, "activations").splitlines() == [
        "import numpy as np",
        "from activations import relu_forward, relu_backward",
        "out0_0, out0_1 = relu_forward(np.array([0.0, 1.0, 2.0]))",
        "relu_backward(np.array([1.0, 1.0, 1.0]), out0_1)",
    ]


def test_what_the_call_changes_is_pasted_as_it_was() -> None:
    calls, config, w = Calls(), {"t": 1, "m": np.zeros(2)}, np.ones(2)
    call = calls.begin("adam", [w], {"config": config})
    config["t"], w[0] = 2, 5.0
    config["m"][:] = 7  # type: ignore[index]
    last = calls.to_paste(call, "optimizers").splitlines()[-1]
    assert last == "adam(np.array([1.0, 1.0]), config={'t': 1, 'm': np.array([0.0, 0.0])})"


@pytest.mark.parametrize("value", [np.zeros(61), object(), np.random.default_rng(0), len])
def test_what_is_long_or_can_not_be_typed_is_left_out(value: object) -> None:
    calls = Calls()
    assert calls.to_paste(calls.begin("f", [value], {}), "work") == ""
