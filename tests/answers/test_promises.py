"""What a module's functions promise, and which answers keep that."""

from collections import deque
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from autograder.answers import Promise, promises_in

SOURCE = '''
def pair(x: Array, y: Array, h: float = 1e-5) -> tuple[float, Array]:
    """First line.

    Returns:
        The loss, and its gradient
        with respect to x, (N, C). Not this.
    """

def number(x) -> float: ...
def array(x) -> Array: ...
def numbers(x) -> list[float]: ...
def text() -> str: ...
def parts(*others) -> tuple[Array, ...]: ...
def anything(x) -> Any: ...
def silent(x): ...

def like_x(x) -> Array:
    """First line.

    Returns:
        Array of the shape of x.
    """

def is_so(x) -> Any:
    """First line.

    Returns:
        True or False.
    """

class Layer:
    def run(self, x) -> np.ndarray: ...
'''
PROMISES = promises_in(SOURCE)
X = np.ones((2, 3))


def test_names_parameters_and_words() -> None:
    assert {"pair", "Layer", "Layer.run"} < PROMISES.keys()
    pair = PROMISES["pair"]
    assert [tuple(p) for p in pair.parameters] == [("x", None), ("y", None), ("h", "1e-05")]
    assert pair.returned == "2 values: the loss, and its gradient with respect to x, (N, C)"
    assert PROMISES["number"].returned == "a single number"
    assert PROMISES["like_x"].returned == "an array of the shape of x"
    assert PROMISES["is_so"].returned == "True or False"


@pytest.mark.parametrize(
    ("function", "kept", "broken"),
    [
        ("pair", [(1.0, X), [1.0, X], (np.float32(1), X.tolist())], [None, 1.0, X, (1.0,), (1.0, X, X), {}]),
        ("pair", [(np.array([1.0]), 2.0)], [(X, 1.0), (1.0, None), ("1", X), (len, X), (1.0, (X, X))]),
        ("number", [1, True, np.float64(2), np.array(3.0)], [None, "1", X, 1j, Decimal(1), {1.0}]),
        ("array", [X, [1, 2], 1.0, (1, 2), deque([1])], [None, "x", {}, {1}, np.array(None), (X, X)]),
        ("numbers", [[1.0], np.ones(2)], [None, "1"]),
        ("text", ["yes"], [None, 1]),
        ("Layer.run", [X], [None]),
        ("parts", [None, X], []),
        ("anything", [None, X], []),
        ("silent", [None, X], []),
    ],
)
def test_what_keeps_a_promise(function: str, kept: list[Any], broken: list[Any]) -> None:
    promise: Promise = PROMISES[function]
    assert [value for value in kept if not promise.is_kept_by(value)] == []
    assert [value for value in broken if promise.is_kept_by(value)] == []
