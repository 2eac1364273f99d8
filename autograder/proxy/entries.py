"""One answer of a student's function, condensed to a few numbers that can be compared and kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.proxy.flat import MOST_PARTS, Flat, Floats, Numbers
from autograder.sandbox.inside import messages, wire

#: Two outputs are equal when they differ by less than this share of their size: different orders of summation
#: in float64 differ by about 1e-15 per operation, different formulas by far more.
TOLERANCE = 1e-7
#: Differences below this share of an answer's largest part may be rounding errors.
ROUNDING = 1e-13
#: Of each part so many entries are kept as they are: enough to compare it where parts of it are not finite.
PLACES = 64
#: Numbers that the fixed random weights are drawn for at once; longer arrays are taken in blocks of it.
_BLOCK = 2**14


@dataclass(frozen=True)
class Part:
    """One number or array within an answer.

    Attributes:
        path: where in the answer it stands; `~` begins an argument that was changed in place, and a `/` a key
            of a dictionary.
        size: its number of entries.
        shape: its axes, without those of length 1: where these stand is left to the student.
        finite: how many of them are finite.
        zeros: how many are zero.
        scale: the largest size of a finite entry.
        sketch: four sums of its finite entries with fixed random weights, in units of `scale`.
        holes: a digest of where it is not finite; empty where it is finite everywhere.
        places: entries at fixed places, `PLACES` at most.
    """

    path: str
    size: int
    shape: tuple[int, ...]
    finite: int
    zeros: int
    scale: float
    sketch: Floats
    holes: bytes
    places: Floats

    def distance(self, other: "Part") -> float:
        """Return by how much the finite entries differ, as a share of the larger of the two."""
        larger = max(self.scale, other.scale)
        if larger == 0.0:
            return 0.0
        gaps = self.sketch * (self.scale / larger) - other.sketch * (other.scale / larger)
        return float(np.max(np.abs(gaps)))


@dataclass(frozen=True)
class Entry:
    """One answer.

    Attributes:
        function: the label of what was called, such as `Solver.train()`.
        form: the answer's form, or which exception it was.
        words: its texts and Nones, each with its path.
        parts: its numbers.
        inputs: a digest of what the check gave; empty where the answer also depends on an object that stayed
            in the sandbox.
    """

    function: str
    form: str
    words: tuple[str, ...]
    parts: tuple[Part, ...]
    inputs: bytes

    @property
    def root(self) -> str:
        """The function or class of the module that it belongs to."""
        return root_of(self.function)

    @property
    def raised(self) -> bool:
        """Whether it was an exception."""
        return self.form.startswith("raised ")

    @cached_property
    def by_path(self) -> Mapping[str, Part]:
        """The parts by where they stand."""
        return {part.path: part for part in self.parts}

    @cached_property
    def largest(self) -> float:
        """The size of the largest part."""
        return max((part.scale for part in self.parts), default=0.0)


def root_of(label: str) -> str:
    """Return the function or class of the module that a label is about."""
    return label.removeprefix("len(").partition(".")[0].partition("(")[0].partition("[")[0]


def condense(
    function: str, value: Any, request: messages.Request | None, changed: Mapping[int | str, Any]
) -> Entry:
    """Return an answer as an entry.

    Args:
        function: the label of what was called.
        value: what it returned, or the exception that it raised.
        request: what was asked.
        changed: arguments of the check's that the call changed in place.
    """
    inputs = _inputs(request)
    if isinstance(value, Exception):
        return Entry(function, f"raised {type(value).__name__}: {value}", (), (), inputs)
    flat = Flat()
    form = flat.take("", value)
    forms = [f"{key}:{flat.take(f'~{key}', after)}" for key, after in changed.items()]
    parts = tuple(_part(path, Numbers(arrays)) for path, arrays in flat.numbers[:MOST_PARTS])
    return Entry(function, ";".join([form, *forms]), tuple(flat.words[:MOST_PARTS]), parts, inputs)


def same_entries(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    """Whether these outputs are the same, one by one, up to rounding."""
    return len(some) == len(others) and all(_equal(a, b) for a, b in zip(some, others, strict=True))


def _equal(a: Entry, b: Entry) -> bool:
    if (a.function, a.form, len(a.parts)) != (b.function, b.form, len(b.parts)):
        return False
    largest = max(a.largest, b.largest)
    return all(_equal_parts(one, other, largest) for one, other in zip(a.parts, b.parts, strict=True))


def _equal_parts(one: Part, other: Part, largest: float) -> bool:
    if (one.path, one.size, one.holes) != (other.path, other.size, other.holes):
        return False
    return one.distance(other) <= max(TOLERANCE, rounding_share(one, other, largest))


def rounding_share(one: Part, other: Part, largest: float) -> float:
    """Return which share of two parts may be a rounding error, beside an answer's largest part."""
    larger = max(one.scale, other.scale)
    return ROUNDING * (largest / larger) if larger else 0.0


def _part(path: str, numbers: Numbers) -> Part:
    size = numbers.size
    finite, zeros, scale, holes = size, size, 0.0, hashlib.blake2b(digest_size=8)
    for block in numbers.blocks(_BLOCK):
        kinds = _kinds(block)
        holes.update(kinds.astype(np.uint8).tobytes())
        finite -= int(np.count_nonzero(kinds))
        zeros -= int(np.count_nonzero(block))
        scale = max(scale, float(np.max(np.abs(np.where(kinds, 0.0, block)), initial=0.0)))
    return Part(
        path=path,
        size=size,
        shape=numbers.shape,
        finite=finite,
        zeros=zeros,
        scale=scale,
        sketch=_project(numbers, scale),
        holes=holes.digest() if finite < size else b"",
        places=numbers.at(_places(size)),
    )


def _kinds(values: Floats) -> npt.NDArray[np.int_]:
    """Return 0 for each number that is finite, and which of the others each other one is."""
    kinds: npt.NDArray[np.int_] = np.isnan(values) + 2 * np.isposinf(values) + 3 * np.isneginf(values)
    return kinds


def _project(numbers: Numbers, scale: float) -> Floats:
    """Return four sums with fixed random weights: equal for equal values, different for different ones."""
    total, weights = np.zeros(4), _block_weights(-(-numbers.size // _BLOCK))
    for weight, block in zip(weights, numbers.blocks(_BLOCK), strict=True):
        finite = np.where(_kinds(block), 0.0, block)
        total += weight * (_weights()[:, : block.size] @ (finite / scale if scale else finite))
    return np.asarray(total / max(1.0, np.sqrt(numbers.size)), dtype=np.float64)


@lru_cache(maxsize=1)
def _weights() -> Floats:
    weights: Floats = np.random.default_rng(0).normal(size=(4, _BLOCK))
    return weights


@lru_cache(maxsize=64)
def _block_weights(count: int) -> Floats:
    return np.random.default_rng(count).normal(size=count) if count > 1 else np.ones(count)


@lru_cache(maxsize=256)
def _places(size: int) -> npt.NDArray[np.intp]:
    """Return the places of an array of that size that are kept."""
    if size <= PLACES:
        return np.arange(size)
    starts = np.linspace(0, size, PLACES + 1)
    inside = np.random.default_rng(size).uniform(size=PLACES) * np.diff(starts)
    return np.asarray(starts[:-1] + inside, dtype=np.intp)


def _inputs(request: messages.Request | None) -> bytes:
    """Return a digest of what a request gives; empty where that is not the check's own."""
    match request:
        case messages.Call(target, arguments, keywords):
            given = [*arguments, *(body for _, body in keywords)]
            sent: list[Any] = [target, len(arguments), [key for key, _ in keywords], given]
        case messages.Map(target, position, arguments, output, inputs):
            given = list(arguments)
            sent = [target, position, output, given, wire.pack(inputs)]
        case messages.Lines(target, arguments):
            given = list(arguments)
            sent = [target, given]
        case _:
            return b""
    if target[0] != "name" or any(_tells_of_handle(wire.unpack(body)) for body in given):
        return b""
    return hashlib.blake2b(wire.pack(sent), digest_size=8).digest()


def _tells_of_handle(data: Any) -> bool:
    return isinstance(data, list) and (data[:1] == ["handle"] or any(map(_tells_of_handle, data)))
