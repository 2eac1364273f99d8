"""What a submission answered during one check, condensed so that two submissions can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Entry", "Transcript", "alike", "same_entries"]

#: Two outputs are equal when they differ by less than this share of their size: different orders of summation
#: in float64 differ by about 1e-15 per operation, different formulas by far more.
TOLERANCE = 1e-7


@dataclass(frozen=True)
class Entry:
    """One output: which function gave it, its form, and numbers that stand for its values."""

    function: str
    form: str
    sketch: np.ndarray
    scale: float


class Transcript:
    """The outputs of one check's calls, in order.

    They are condensed when somebody asks: nobody does about checks that pass, which are most.
    """

    def __init__(self) -> None:
        self._noted: list[tuple[str, Any]] = []
        self._entries: list[Entry] = []

    @property
    def entries(self) -> list[Entry]:
        """What was taken down, condensed."""
        for function, value in self._noted:
            raised = isinstance(value, Exception)
            self._entries.append(_raised(function, value) if raised else _returned(function, value))
        self._noted.clear()
        return self._entries

    def note(self, function: str, value: Any) -> None:
        """Take down what a function returned, or the exception that it raised."""
        self._noted.append((function, value))

    def functions(self) -> set[str]:
        """Return the names of the functions and classes that were called."""
        return {e.function.partition(".")[0].partition("(")[0] for e in self.entries}


def _returned(function: str, value: Any) -> Entry:
    numbers, form = _flatten(value)
    flat = np.concatenate([np.ravel(n) for n in numbers]) if numbers else np.zeros(0)
    finite = np.nan_to_num(flat, nan=1e300, posinf=2e300, neginf=-2e300) / 1e10 if flat.size else flat
    scale = float(np.max(np.abs(finite))) if finite.size else 0.0
    unit = finite / scale if scale else finite
    return Entry(function, form, _project(unit) * scale, scale)


def _raised(function: str, error: Exception) -> Entry:
    return Entry(function, f"raised {type(error).__name__}: {error}", np.zeros(0), 0.0)


def alike(one: Transcript, other: Transcript) -> bool:
    """Whether both gave the same outputs, up to rounding."""
    return same_entries(one.entries, other.entries)


def same_entries(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    """Whether these outputs are the same, one by one, up to rounding."""
    return len(some) == len(others) and all(_equal(a, b) for a, b in zip(some, others, strict=True))


def _equal(a: Entry, b: Entry) -> bool:
    if (a.function, a.form, a.sketch.shape) != (b.function, b.form, b.sketch.shape):
        return False
    return bool(np.all(np.abs(a.sketch - b.sketch) <= TOLERANCE * max(a.scale, b.scale)))


def _flatten(value: Any) -> tuple[list[np.ndarray], str]:
    """Return the numbers in a value, and a text that says all else about it."""
    if isinstance(value, int) and value.bit_length() > 1000:  # more than a float64 can hold
        return [], hex(value)
    if isinstance(value, (bool, int, float, complex, np.number, np.bool_)):
        value, form = np.asarray(value), "number"
    elif isinstance(value, np.ndarray):
        form = "number" if value.size == 1 else f"array{value.shape}"
    if isinstance(value, np.ndarray):
        if np.iscomplexobj(value):
            value = np.stack([value.real, value.imag])
        return [value.astype(np.float64)], form
    if isinstance(value, dict):
        value = [part for key in sorted(value, key=repr) for part in (repr(key), value[key])]
    if isinstance(value, (list, tuple)):
        parts = [_flatten(v) for v in value]
        return [n for numbers, _ in parts for n in numbers], "[" + ",".join(form for _, form in parts) + "]"
    return [], repr(value) if isinstance(value, (str, type(None))) else "object"


def _project(values: np.ndarray) -> np.ndarray:
    """Return four sums with fixed random weights: equal for equal values, different for different ones."""
    weights = np.random.default_rng(values.size).normal(size=(4, values.size))
    projected: np.ndarray = weights @ values / max(1.0, np.sqrt(values.size))
    return projected
