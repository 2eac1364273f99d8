"""Comparisons of numbers, arrays and plain values.

Figures in messages are rounded to 4 digits, so that feedback is the same on every machine. Failures are
raised, not asserted: pytest would rewrite an assert and add unrounded figures of its own.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from autograder.answers import Opaque, class_name, imprecise, kind_of, not_finite
from autograder.checks.factor import shared_factor

#: What rounding leaves of a formula's digits, as a share of the largest entry; differences leave 1e-11.
_ROUNDING = 1e-12
#: An error above this share of the largest entry is more than rounding in double precision.
_TOUCHED = 1e-10
#: A number this close to an integer is written as one, as a share of it: sums of integers are rounded.
_WHOLE = 1e-9
#: Above it a number in double precision has more digits than a reader compares.
_MOST_DIGITS = 1e12


def figure(value: Any) -> str:
    """Return a number as text, rounded to 4 significant digits; an integer in full.

    Example:
        >>> figure(2 / 3), figure(34940.0), figure(34940.5)
        ('0.6667', '34940', '3.494e+04')
    """
    number = float(value)
    if abs(number) < _MOST_DIGITS and abs(number - round(number)) <= _WHOLE * abs(number):
        return str(round(number))
    return f"{number:.4g}"


def assert_close(
    actual: object, expected: ArrayLike, *, rtol: float = 1e-6, atol: float = 1e-9, what: str = "result"
) -> None:
    """Assert that `actual` has the shape and, within the tolerance, the values of `expected`.

    An entry may be off by atol + rtol * |expected|. A Python number and a 0-d array are the same; (1, D)
    passes where (D,) is expected. Where everything is off by one factor, the message says so.

    Args:
        actual: what the student's function returned: a number, a list or an array.
        expected: what it should be; finite.
        rtol: tolerance relative to the expected entry.
        atol: absolute tolerance.
        what: name of the thing compared, for the message.

    Raises:
        AssertionError: it is no array of numbers, has another shape, is not finite or is too far off; the
            message gives the worst entry.

    Example:
        >>> assert_close([1.0, 2.0], np.array([1.0, 2.0]), what="the scores")
        >>> assert_close([1.0, 2.5], np.array([1.0, 2.0]), what="the scores")
        Traceback (most recent call last):
        AssertionError: the scores[1] should be 2, but it is 2.5 (1 of 2 entries differ)
    """
    __tracebackhide__ = True
    wanted = np.asarray(expected, dtype=float)
    found = _finite(actual, wanted.shape, what)
    excess = np.abs(found - wanted) - (atol + rtol * np.abs(wanted))
    if (excess > 0).any():
        # Where all digits are asked for, an error is more often that of a measured gradient.
        said = (rtol and _rounding(found, wanted)) or shared_factor(found, wanted)
        raise AssertionError(_disagreement(found, wanted, excess, what) + (said and f". {said}"))


def assert_all_digits(actual: object, expected: ArrayLike, *, what: str = "result") -> None:
    """Assert that `actual` is `expected` up to rounding: to 1e-12 of the largest entry of `expected`.

    A gradient that is worked out passes, one that is measured by differences does not.

    Raises:
        AssertionError: as `assert_close`.

    Example:
        >>> slope = 3.0 * 1.0**2
        >>> assert_all_digits(slope, 3.0, what="the slope of x^3 at 1")
        >>> measured = (1.001**3 - 0.999**3) / 0.002
        >>> assert_all_digits(measured, 3.0, what="the slope of x^3 at 1")
        Traceback (most recent call last):
        AssertionError: the slope of x^3 at 1 should be 3, but it is 3, off by 1e-06
    """
    __tracebackhide__ = True
    largest = np.abs(np.asarray(expected, dtype=float)).max()
    assert_close(actual, expected, rtol=0, atol=_ROUNDING * largest, what=what)


def assert_equal(actual: object, expected: object, *, what: str = "result") -> None:
    """Assert that `actual` is exactly `expected`: text, a truth value, None, an integer, or several.

    Numbers are equal as in Python, so True is 1; lists, tuples and arrays are equal where their entries are.
    For numbers that come of rounded arithmetic there is `assert_close`.

    Args:
        actual: what the student's function returned.
        expected: what it should be. Where it is an array, the message names the first entry that differs.
        what: name of the thing compared, for the message.

    Raises:
        AssertionError: it is something else.

    Example:
        >>> assert_equal(("much", 3), ["much", 3])
        >>> assert_equal("head", "last layers", what="what to retrain")
        Traceback (most recent call last):
        AssertionError: what to retrain should be last layers, but it is head
    """
    __tracebackhide__ = True
    if isinstance(expected, np.ndarray):
        found = assert_shape(actual, expected.shape, what=what)
        differs = found != expected
        if differs.any():
            raise AssertionError(_disagreement(found, expected, differs, what))
    elif _plain(actual) != _plain(expected):
        raise AssertionError(f"{what} should be {_shown(expected)}, but it is {_shown(actual)}")


def assert_dtype(actual: object, dtype: DTypeLike, *, what: str = "result") -> None:
    """Assert that `actual` is an array, or a number, of that type.

    Args:
        actual: what the student's function returned.
        dtype: a type, such as `np.float32`, or a kind of types, such as `np.integer` and `np.floating`.
        what: name of the thing, for the message.

    Raises:
        AssertionError: it is no array of numbers, or of another type.

    Example:
        >>> assert_dtype(np.arange(3), np.integer)
        >>> assert_dtype(np.zeros(3), np.float32, what="W1")
        Traceback (most recent call last):
        AssertionError: the type of W1 should be float32, but it is float64
    """
    __tracebackhide__ = True
    found = _numbers(actual, what).dtype
    if not np.issubdtype(found, dtype):
        name = getattr(dtype, "__name__", dtype)
        raise AssertionError(f"the type of {what} should be {name}, but it is {found}")


def assert_shape(actual: object, shape: tuple[int, ...], *, what: str = "result") -> NDArray[Any]:
    """Assert that `actual` is an array of numbers of that shape, and return it as one.

    (1, D) passes for (D,), and is returned as (D,).

    Raises:
        AssertionError: it is something else.

    Example:
        >>> out = assert_shape([[1, 2], [3, 4]], (2, 2), what="the output")
        >>> assert_shape(out, (2, 3), what="the output")
        Traceback (most recent call last):
        AssertionError: the output should have shape (2, 3), not (2, 2)
    """
    __tracebackhide__ = True
    found = _numbers(actual, what)
    if len(shape) == 1 and found.shape == (1, *shape):
        found = found[0]
    if found.shape != shape:
        raise AssertionError(f"{what} should {_have(shape)}, {_not(shape, found.shape)}")
    return found


def assert_at_least(actual: object, least: float, *, what: str) -> None:
    """Assert that a number is finite and not below `least`.

    Example:
        >>> assert_at_least(0.84, 0.9, what="the accuracy")
        Traceback (most recent call last):
        AssertionError: the accuracy should be at least 0.9, but it is 0.84
    """
    __tracebackhide__ = True
    value = _finite(actual, (), what)
    if value < least:
        raise AssertionError(f"{what} should be at least {figure(least)}, but it is {figure(value)}")


def assert_at_most(actual: object, most: float, *, what: str) -> None:
    """Assert that a number is finite and not above `most`.

    Example:
        >>> assert_at_most(0.25, 0.1, what="the loss")
        Traceback (most recent call last):
        AssertionError: the loss should be at most 0.1, but it is 0.25
    """
    __tracebackhide__ = True
    value = _finite(actual, (), what)
    if value > most:
        raise AssertionError(f"{what} should be at most {figure(most)}, but it is {figure(value)}")


def _numbers(actual: object, what: str) -> NDArray[Any]:
    """Return `actual` as an array of real numbers.

    Raises:
        AssertionError: it is something else, such as None, text, or rows of different lengths.
    """
    __tracebackhide__ = True
    if actual is None:
        raise AssertionError(f"{what} is None; is a return missing, or was it never stored?")
    name = class_name(actual)
    refused = (
        f"{what} should be real numbers, but it is {'an' if name.startswith('array') else 'of type'} {name}"
    )
    try:
        found = np.asarray(actual)
    except ValueError:
        raise AssertionError(f"{what} should be an array, but its rows differ in length") from None
    except TypeError:  # of an object in the sandbox that has a length but no items, such as a set
        raise AssertionError(refused) from None
    if found.dtype.kind not in "biuf" or (isinstance(actual, Opaque) and name.startswith("array")):
        raise AssertionError(refused)
    return found


def _finite(actual: object, shape: tuple[int, ...], what: str) -> NDArray[Any]:
    """Return `actual` as an array of that shape whose entries are all finite.

    Raises:
        AssertionError: it is something else.
    """
    __tracebackhide__ = True
    found = assert_shape(actual, shape, what=what)
    if said := not_finite(found, what):
        raise AssertionError(said)
    return found


def _disagreement(found: NDArray[Any], wanted: NDArray[Any], excess: NDArray[Any], what: str) -> str:
    # The first of the worst: which of several equally wrong entries is named must not depend on the last bit.
    worst = np.unravel_index((excess >= 0.999 * excess.max()).argmax(), found.shape)
    right, wrong = figure(wanted[worst]), _other(found[worst], wanted[worst])
    name = what.removesuffix(",") if found.ndim else what
    text = f"{name}{_index(worst)} should be {right}, but it is {wrong}"
    if found.ndim:
        text += f" ({(excess > 0).sum()} of {found.size} entries differ)"
    return text


def _rounding(found: NDArray[Any], wanted: NDArray[Any]) -> str:
    """Say that all of the error comes of less than double precision, where it may."""
    errors, size = np.abs(found - wanted), float(np.max(np.abs(wanted)))
    # Rounding touches most entries, a wrong formula often a few.
    touched = found.dtype.itemsize < wanted.dtype.itemsize or np.mean(errors > _TOUCHED * size) > 0.5
    return imprecise(found.dtype.name, float(np.max(errors)), size) if touched else ""


def _other(found: Any, wanted: Any) -> str:
    """Two different numbers must not look the same in a message."""
    if figure(found) != figure(wanted):
        return figure(found)
    return f"{figure(found)}, off by {figure(float(found) - float(wanted))}"


def _plain(value: object) -> object:
    """Return the same without NumPy and tuples."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return {key: _plain(entry) for key, entry in value.items()} if isinstance(value, dict) else value


def _shown(value: object) -> str:
    if isinstance(value, Opaque):
        return kind_of(value)
    return value if isinstance(value, str) else str(_rounded(_plain(value)))


def _rounded(value: object) -> object:
    """Return plain data with its numbers rounded as `figure` rounds them."""
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    return float(figure(value)) if isinstance(value, float) else value


def _index(index: tuple[Any, ...]) -> str:
    return f"[{', '.join(str(int(i)) for i in index)}]" if index else ""


def _not(shape: tuple[int, ...], found: tuple[int, ...]) -> str:
    """Say what shape something has instead; without a verb, since what it is may be several things."""
    return f"not {found}" if shape else f"not of shape {found}"


def _have(shape: tuple[int, ...]) -> str:
    return f"have shape {shape}" if shape else "be a single number"
