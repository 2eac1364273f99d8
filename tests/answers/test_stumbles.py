"""An error in a check's own line is told as what is wrong with the answer."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.answers import stumbled


def said(check: Callable[..., Any], *answers: Any) -> str:
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)) as failure:
        check(*answers)
    return stumbled(failure.value)


def length_of_a_bias(params: dict[str, Any]) -> int:
    return sum(len(value) for name, value in params.items())


def test_a_bias_of_no_axis() -> None:
    assert said(length_of_a_bias, {"b1": np.float64(0.0)}) == (
        "The check can't use what your code gave in `len(value)`: "
        "value is a single number and name is 'b1' (TypeError: object of type 'numpy.float64' has no len())"
    )


def test_shapes_that_do_not_fit() -> None:
    text = said(lambda out, x: out + (x @ out), np.ones(3), np.ones((2, 4)))
    assert (
        "in `x @ out`: x is an array of shape (2, 4) and out is an array of shape (3,) (ValueError: " in text
    )


def test_none() -> None:
    assert "in `out.shape`: out is None (AttributeError: " in said(lambda out: out.shape, None)


def test_a_key_that_was_never_stored() -> None:
    def look(bn_param: dict[str, Any]) -> Any:
        return bn_param["running_mean"]

    assert said(look, {}) == "bn_param has no 'running_mean'; your code should have put it there"


def test_over_several_lines() -> None:
    def look(out: Any) -> Any:
        return np.concatenate(
            [out, "é" and out[0]],
        )

    assert "in `out[0]`: out is a single number (" in said(look, 2.5)
    assert "in `np.concatenate( [out" in said(look, np.ones(3))


def test_an_error_of_the_students_own_is_none_of_the_checks() -> None:
    error = TypeError("theirs")
    error.__dict__["student_frames"] = ["a line"]

    def fail() -> None:
        raise error

    assert said(fail) == ""
    assert stumbled(TypeError("raised nowhere")) == ""


def test_nor_is_one_in_a_module_beside_the_checks(tmp_path: Any) -> None:
    check = compile("def test_it(f): return f()\n", str(tmp_path / "test_work.py"), "exec")
    work = compile("def f(): return len(3)\n", str(tmp_path / "work.py"), "exec")
    names: dict[str, Any] = {}
    exec(check, names)
    exec(work, names)
    assert said(names["test_it"], names["f"]) == ""
    assert said(names["test_it"], 3).startswith("The check can't use what your code gave")
