"""One constant factor between what came back and what should have: it says more than the worst entry does."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

#: How closely all entries must share the factor, as a share of it; other mistakes don't come as close.
_SAME = 1e-6
#: What rounding may leave where 0 should be, as a share of the largest entry.
_ROUNDING = 1e-12
#: A factor this close to 1 is an error of rounding or of a small constant, and no factor.
_NEAR_ONE = 1e-3
#: Entries below this share of the largest tell nothing of a factor, nor do entries that differ by less: all
#: ones are some factor times all twos.
_TELLING = 1e-3


def shared_factor(found: NDArray[np.generic], wanted: NDArray[np.float64]) -> str:
    """Say that everything found is one factor times what it should be; empty where it is not.

    A single number is some factor times any other, so only factors with a name are told of it.

    Args:
        found: what came back, finite numbers.
        wanted: what should have, of the same shape.

    Example:
        >>> shared_factor(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
        'Every entry is 2 times what it should be.'
        >>> shared_factor(np.array(-0.7), np.array(0.7))
        'It has the wrong sign.'
        >>> shared_factor(np.array([2.0, 5.0]), np.array([1.0, 2.0]))
        ''
    """
    values, right = found.astype(np.float64).ravel(), wanted.ravel()
    if not right.any() or (wanted.ndim and not _tell(np.abs(right))):
        return ""
    factor = float(values @ right / (right @ right))
    slack = _SAME * np.abs(factor * right) + _ROUNDING * np.max(np.abs(values))
    if abs(factor - 1) < _NEAR_ONE or np.any(np.abs(values - factor * right) > slack):
        return ""
    what = "Every entry" if wanted.ndim else "It"
    if factor == 0 and wanted.ndim:
        return "Every entry is 0."
    if abs(factor + 1) < _SAME:
        return f"{what} has the wrong sign."
    meaning = next((m for value, m in _names(wanted) if abs(factor - value) <= _SAME * value), None)
    if meaning is None and not wanted.ndim:
        return ""
    named = f" ({meaning})" if meaning else ""
    return f"{what} is {factor:.4g} times what it should be{named}."


def _tell(sizes: NDArray[np.float64]) -> bool:
    """Whether there are entries of different sizes, so that one factor for all is no chance."""
    large = sizes[sizes > _TELLING * sizes.max()]
    return bool(np.ptp(large) > _TELLING * sizes.max())


def _names(wanted: NDArray[np.float64]) -> Iterator[tuple[float, str]]:
    """Give the factors that have a name, and what the name is; of a single number only those it may have."""
    if wanted.ndim or not float(wanted).is_integer():  # counts are often twice another count
        yield 2.0, ""
        yield 0.5, ""
    for base, name in ((2.0, "2"), (10.0, "10")):
        logarithm = float(np.log(base))
        yield 1 / logarithm, f"1/log {name}: is it a logarithm to the base {name}?"
        yield logarithm, f"log {name}"
    for axis, length in enumerate(wanted.shape):
        # An image's height or width is some factor by chance: four is the size of a window of pooling, too.
        if length > 1 and (axis == 0 or wanted.ndim < 3) and wanted.shape.count(length) == 1:
            yield float(length), f"the length of axis {axis}"
            yield 1 / length, f"1/{length}, and {length} is the length of axis {axis}"
