"""Digests of what the student's functions answer, which a hint can be locked with.

Two answers that are the same up to rounding have a digest in common, and others have not: an answer's numbers
are condensed as in grading (`answers/parts.py`), then rounded down on two grids, one of them shifted by half
of a step. A number that stands on an edge of one grid stands amid a step of the other.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.answers.flat import Flat
from autograder.answers.parts import Part, parts_of

#: Steps of the grids, as a share of an answer's size, and their shifts.
_STEP, _SHIFTS = 1e-6, (0.0, 0.5)
#: Of each function so many answers in a case are looked at.
MOST_ANSWERS = 2


def fingerprints(case: str, function: str, number: int, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Give each part of an answer that says something, as its two digests.

    Zeros say nothing, and neither does what is nowhere finite: many mistakes give these.

    Args:
        case: the name of the check's case.
        function: the function that answered.
        number: which of its answers in that case, from 1.
        parts: the answer's.
    """
    for part in parts:
        if part.finite and part.scale:
            place = f"{case} {function} {number} {part.path} {part.shape} {part.holes.hex()}"
            first, second = (f"{place} {_rounded(part, shift)}" for shift in _SHIFTS)
            yield first, second


def condensed(value: Any, keeps_second: bool) -> tuple[Part, ...] | None:
    """Return the parts of what a function answered at home; no parts where it is not comparable.

    A list of numbers counts as no answer (None): in grading, many answers to a gradient check come as one.

    Args:
        value: what it returned.
        keeps_second: whether the second value of a pair is the student's alone, such as a cache.
    """
    if keeps_second and isinstance(value, tuple) and len(value) == 2:
        value = (value[0], None)
    flat = Flat()
    try:
        form = flat.take("", value)
        return None if are_many(form, [path for path, _ in flat.numbers]) else parts_of(flat)
    except (TypeError, ValueError, RecursionError):  # an array of objects, a list that holds itself
        return ()


def are_many(form: str, paths: Sequence[str]) -> bool:
    """Return whether an answer of that form, with its numbers there, may be many answers in a list."""
    return form.startswith("[") and list(paths) == [""]


def _rounded(part: Part, shift: float) -> str:
    numbers = [math.log10(part.scale), *part.sketch.tolist()]
    return " ".join(str(math.floor(number / _STEP + shift)) for number in numbers)
