"""Steps of training that go uphill: the loss rises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.home.calls import Call

#: How closely a step must be the opposite of the right one, as a share of it.
_OPPOSITE = 1e-6
#: Losses that are enough to tell where they go, and how far they must have risen.
_FEWEST, _RISEN = 5, 1.05
_LOSSES = re.compile(r"loss|history", re.IGNORECASE)
_RATES = {"learning_rate", "lr"}


def uphill_step(call: Call | None, parameters: Sequence[str], found: object, wanted: object) -> str:
    """Say that a step is the right one backwards; empty where it is not, or the call makes no step.

    Args:
        call: the one whose answer is wrong.
        parameters: the names of the function's parameters.
        found: what was compared.
        wanted: what it should be.
    """
    if call is None:
        return ""
    given = {**dict(zip(parameters, call.arguments, strict=False)), **call.keywords}
    answer, right = _numbers(found), _numbers(wanted)
    if answer is None or right is None or answer.shape != right.shape:
        return ""
    for start in _starts(given, answer):
        back, step = answer - start, right - start
        if step.any() and np.all(np.abs(back + step) <= _OPPOSITE * np.abs(step).max()):
            return "It is the right step backwards, uphill: with it the loss rises."
    return ""


def rising_losses(sentence: str, known: Mapping[str, Any]) -> str:
    """Say that the losses of a training rise; empty where they don't, or the failure is none of accuracy.

    Args:
        sentence: what is said of a failure.
        known: what was at hand where it was found, by name.
    """
    if "accuracy" not in sentence:
        return ""
    for name, value in known.items():
        losses = _numbers(value) if _LOSSES.search(name) and "acc" not in name else None
        if losses is not None and losses.ndim == 1 and losses.size >= _FEWEST:
            first, last = float(losses[0]), float(np.median(losses[-_FEWEST:]))
            if last > _RISEN * first:
                return f"The loss rises, from {first:.4g} to {last:.4g}: do the steps go downhill?"
    return ""


def _starts(given: Mapping[str, Any], answer: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Give where a step may have begun; nothing where a function's parameters are not those of a step."""
    if "gradient" in given or any(f"d{name}" in given for name in given):
        arrays = (_numbers(value) for value in given.values())
        yield from (array for array in arrays if array is not None and array.shape == answer.shape)
    if given.keys() & _RATES:
        yield np.zeros(answer.shape)


def _numbers(value: object) -> NDArray[np.float64] | None:
    """Return numbers as an array; None of anything else, and where not all are finite."""
    if not isinstance(value, (np.ndarray, list, float)):
        return None
    try:
        numbers = np.asarray(value, dtype=np.float64)
    except (ValueError, TypeError):
        return None
    return numbers if numbers.size and np.isfinite(numbers).all() else None
