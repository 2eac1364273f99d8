"""Calls of the student's functions at home that leave check and student the same arrays as in grading.

There a call crosses a wire: the student's code works on copies, what it changed in them during the call is
changed in the originals, and what it returns is a copy again. A cache that it gets back is a copy too, and
what it does to that is forgotten. Where the two held the same arrays at home, one that is changed later, or
handed out a second time, would give another verdict than in grading.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from autograder.forbidden import keeps_second
from autograder.sandbox.inside.changes import change

#: Caches that are known again when they are given back; a check gives back one of the last.
_MOST_KEPT = 1000


class Crossing:
    """Calls functions, with copies of plain data on either side.

    Args:
        handles: functions whose second value is the student's alone; None for those named with `_forward`.
    """

    def __init__(self, handles: Collection[str] | None):
        self._handles = handles
        self._kept: dict[int, Any] = {}

    def call(
        self, name: str, function: Callable[..., Any], arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Call a function of the student's; arguments that it changes in place are changed here too."""
        __tracebackhide__ = True
        originals = [*arguments, *keywords.values()]
        before, given = [[_copy(value) for value in originals] for _ in range(2)]
        count = len(arguments)
        result = function(*given[:count], **dict(zip(keywords, given[count:], strict=True)))
        for original, old, new in zip(originals, before, given, strict=True):
            if id(original) not in self._kept and not _same(old, new):
                change(original, _copy(new))
        return self._returned(name, result)

    def keeps_second(self, name: str) -> bool:
        """Return whether the second value of a pair that a function returns is the student's alone."""
        return keeps_second(name, self._handles)

    def _returned(self, name: str, result: Any) -> Any:
        """Return copies; the second value of a pair stays itself where in grading a handle stands for it."""
        if self.keeps_second(name) and isinstance(result, tuple) and len(result) == 2:
            first, second = result
            self._kept[id(second)] = second  # held, so that no other object gets its number
            if len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            return _copy(first), second
        return _copy(result)


def _copy(value: Any) -> Any:
    """Copy plain data and generators; objects and functions stay what they are."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, np.random.Generator):
        return deepcopy(value)
    if type(value) is dict:
        return {key: _copy(part) for key, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(map(_copy, value))
    return value


def _same(one: Any, other: Any) -> bool:
    """Whether a call left plain data as it was, to the last bit."""
    if one is other or type(one) is not type(other):
        return one is other
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, np.random.Generator):
        return _same(one.bit_generator.state, other.bit_generator.state)
    if type(one) is dict:
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if type(one) in (list, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
