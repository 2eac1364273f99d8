"""What a submission answered during one check, condensed so that two submissions can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Two outputs are equal when they differ by less than this share of their size: different orders of summation
#: in float64 differ by about 1e-15 per operation, different formulas by far more.
TOLERANCE = 1e-7
#: Within a tuple each value has a size of its own, so that a large loss does not hide what differs in a small
#: gradient. One below this share of the largest is given that size: it may be a rounding error.
LEAST_SHARE = 1e-6
#: Bytes of outputs that are kept as they are; more than that is condensed, which takes a while.
MOST_ROOM = 2**28


@dataclass(frozen=True)
class Entry:
    """One output: which function gave it, its form, and numbers that stand for its values.

    Attributes:
        sketch: (parts, 4), where a tuple has several parts and a number or an array is one.
        scale: the size of each part, (parts, 1).
    """

    function: str
    form: str
    sketch: np.ndarray
    scale: np.ndarray


class Transcript:
    """The outputs of one check's calls, in order.

    They are condensed when somebody asks: nobody does about checks that pass, which are most. Only where they
    take much room, as a submission may see to, that happens at once.
    """

    def __init__(self) -> None:
        self._noted: list[tuple[str, Any]] = []
        self._entries: list[Entry] = []
        self._called: set[str] = set()
        self._room = 0

    @property
    def entries(self) -> list[Entry]:
        """What was taken down, condensed."""
        for function, value in self._noted:
            raised = isinstance(value, Exception)
            self._entries.append(_raised(function, value) if raised else _returned(function, value))
        self._noted.clear()
        self._room = 0
        return self._entries

    def note(self, function: str, value: Any) -> None:
        """Take down what a function returned, or the exception that it raised."""
        self._called.add(function.partition(".")[0].partition("(")[0])
        self._noted.append((function, value))
        self._room += _bytes(value)
        if self._room > MOST_ROOM:
            _ = self.entries

    def forget_outputs(self) -> None:
        """Keep only which functions were called; outputs take room."""
        self._noted.clear()

    def functions(self) -> set[str]:
        """Return the names of the functions and classes that were called."""
        return self._called


def _bytes(value: Any) -> int:
    """Return about how much room a value takes."""
    if isinstance(value, (list, tuple)):
        return sum(map(_bytes, value))
    return value.nbytes if isinstance(value, np.ndarray) else len(value) if isinstance(value, str) else 8


def _returned(function: str, value: Any) -> Entry:
    numbers, form = _flatten(value)
    parts = [part for n in numbers for part in _finite(n.ravel())]
    sizes = np.array([np.max(np.abs(part), initial=0.0) for part in parts])
    scale = np.maximum(sizes, LEAST_SHARE * sizes.max(initial=0.0))[:, None]
    sketches = [_project(part / (size or 1.0)) * size for part, (size,) in zip(parts, scale, strict=True)]
    return Entry(function, form, np.reshape(sketches, (-1, 4)), scale)


def _finite(values: np.ndarray) -> list[np.ndarray]:
    """Return values that can be summed; where some are nan or inf, which ones is a part of its own."""
    kinds = np.isnan(values) + 2 * np.isposinf(values) + 3 * np.isneginf(values)
    finite = np.where(kinds, 0.0, values) / 1e10
    return [finite, kinds * np.max(np.abs(finite), initial=1.0)] if kinds.any() else [finite]


def _raised(function: str, error: Exception) -> Entry:
    return Entry(function, f"raised {type(error).__name__}: {error}", np.zeros((0, 4)), np.zeros((0, 1)))


def alike(one: Transcript, other: Transcript) -> bool:
    """Whether both gave the same outputs, up to rounding."""
    return same_entries(one.entries, other.entries)


def same_entries(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    """Whether these outputs are the same, one by one, up to rounding."""
    return len(some) == len(others) and all(_equal(a, b) for a, b in zip(some, others, strict=True))


def _equal(a: Entry, b: Entry) -> bool:
    if (a.function, a.form, a.sketch.shape) != (b.function, b.form, b.sketch.shape):
        return False
    return bool(np.all(np.abs(a.sketch - b.sketch) <= TOLERANCE * np.maximum(a.scale, b.scale)))


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
        numbers, forms = [n for inner, _ in parts for n in inner], [form for _, form in parts]
        if set(forms) == {"number"}:  # a list of numbers is one part, as an array is
            numbers = [np.concatenate([n.ravel() for n in numbers])]
        return numbers, f"[{','.join(forms)}]"
    return [], repr(value) if isinstance(value, (str, type(None))) else "object"


def _project(values: np.ndarray) -> np.ndarray:
    """Return four sums with fixed random weights: equal for equal values, different for different ones."""
    weights = np.random.default_rng(values.size).normal(size=(4, values.size))
    projected: np.ndarray = weights @ values / max(1.0, np.sqrt(values.size))
    return projected
