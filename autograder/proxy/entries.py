"""One answer of a student's function, condensed to a few numbers that can be compared and kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.answers.flat import MOST_PARTS, Flat
from autograder.answers.parts import Part, parts_of
from autograder.sandbox.inside import messages, wire

#: Two outputs are equal when they differ by less than this share of their size: different orders of summation
#: in float64 differ by about 1e-15 per operation, different formulas by far more.
TOLERANCE = 1e-7
#: Differences below this share of an answer's largest part may be rounding errors.
ROUNDING = 1e-13


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
    parts = parts_of(flat)
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
