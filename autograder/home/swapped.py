"""Values of one answer that stand in each other's place, or are the same."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.home.calls import Call

#: Measured slopes are as exact as this; other values agree so well by chance only where they are few.
_ALIKE, _FEWEST = 1e-5, 2


def in_place_of_another(call: Call | None, found: object, wanted: object) -> str:
    """Say which value of an answer is what another one should be; empty where none is.

    Args:
        call: the one whose answer is wrong.
        found: the value that was compared, one of those that it returned.
        wanted: what it should be, nan where that is not known.
    """
    if call is None or not isinstance(call.returned, (tuple, list)):
        return ""
    values, answer, right = [_numbers(part) for part in call.returned], _numbers(found), _numbers(wanted)
    place = next((i for i, value in enumerate(values) if _same(value, answer)), None)
    if place is None:
        return ""
    others = [i for i in range(len(values)) if i != place]
    swapped = next((i for i in others if _alike(values[i], right)), None)
    if swapped is not None:
        first, second = sorted((place + 1, swapped + 1))
        return (
            f"It should be what {call.function} returned as value {swapped + 1}: "
            f"do values {first} and {second} stand in each other's place?"
        )
    twin = next((i for i in others if _same(values[i], answer)), None)
    return "" if twin is None else f"It equals value {twin + 1} of what {call.function} returned."


def _numbers(value: Any) -> NDArray[np.float64] | None:
    """Return an array with which a comparison tells something; None of anything else."""
    numbers = np.array(value) if type(value) is list else value
    is_array = isinstance(numbers, np.ndarray) and numbers.dtype.kind in "biuf"
    return numbers.astype(np.float64) if is_array and np.unique(numbers).size >= _FEWEST else None


def _same(one: NDArray[np.float64] | None, other: NDArray[np.float64] | None) -> bool:
    return one is not None and other is not None and np.array_equal(one, other)


def _alike(value: NDArray[np.float64] | None, right: NDArray[np.float64] | None) -> bool:
    """Whether a value is what it should be wherever that is known."""
    if value is None or right is None or value.shape != right.shape:
        return False
    known = np.isfinite(right)
    if known.sum() < _FEWEST:
        return False
    error, size = np.abs(value[known] - right[known]), np.abs(right[known]).max()
    return bool(np.all(error <= _ALIKE * size))
