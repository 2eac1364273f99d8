"""The calls of a check into the student's module: shown where the check fails, and ready to paste."""

import math
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.answers import kind_of
from autograder.answers.parts import Part
from autograder.home.fingerprints import MOST_ANSWERS, condensed

#: Calls that are kept, and numbers that a call to paste may hold.
_KEPT, _MOST_NUMBERS = 30, 60
_PLAIN_TYPES = {"float64", "int64", "bool"}


@dataclass
class Call:
    """One call of a function of the student's.

    Attributes:
        function: its name.
        arguments: as they were passed.
        keywords: likewise.
        returned: what came back; None while nothing has.
        given: the arguments themselves, which the call may have changed.
    """

    function: str
    arguments: Sequence[Any]
    keywords: Mapping[str, Any]
    returned: Any = None
    given: Sequence[Any] = ()


class Calls:
    """Takes down which names of a module a check uses, and its last calls.

    Attributes:
        used: functions and classes, in the order of their first use.
        answers: the parts of each function's first answers.
        counts: how often each function was called.
    """

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        self.answers: dict[str, list[tuple[Part, ...]]] = {}
        self.counts: Counter[str] = Counter()
        self._last: deque[Call] = deque(maxlen=_KEPT)

    def begin(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        """Take down that a call begins, and return it; who makes it adds what it returned.

        What is short enough to be pasted is kept as it is now: the call may change it.
        """
        given = {name: _kept(value) for name, value in keywords.items()}
        own = (*arguments, *keywords.values())
        call = Call(function, [_kept(value) for value in arguments], given, given=own)
        self._last.append(call)
        self.counts[function] += 1
        return call

    def end(self, call: Call, returned: Any, keeps_second: bool) -> None:
        """Take down what a call returned; its numbers at once, since later calls may change them.

        Args:
            call: one of these.
            returned: by it.
            keeps_second: whether the second value of a pair is the student's alone, such as a cache.
        """
        call.returned = returned
        answers = self.answers.setdefault(call.function, [])
        if len(answers) < MOST_ANSWERS:
            parts = condensed(returned, keeps_second)
            answers += [] if parts is None else [parts]

    def __iter__(self) -> Iterator[Call]:
        """Give the last calls, in order."""
        return iter(self._last)

    def last(self, function: str) -> Call | None:
        """Return the last call of a function; None where there was none."""
        return next((call for call in reversed(self._last) if call.function == function), None)

    def that_returned(self, value: Any) -> Call | None:
        """Return the call that returned this very object; None where none did, or any of several may have.

        Python has one True and one None: those tell nothing where several calls returned them.
        """
        found = [call for call in self._last if any(part is value for part in _parts(call.returned))]
        return found[0] if len(found) == 1 and value is not None else None

    def that_took(self, value: Any) -> Call | None:
        """Return the call that was given this very array, dict or object and may change it, if one was."""
        found = [call for call in self._last if any(part is value for part in call.given)]
        can_change = isinstance(value, (dict, np.ndarray)) or not _is_plain(value)
        return found[0] if len(found) == 1 and can_change else None

    def take_objects_of(self, function: str, kind: str) -> bool:
        """Return whether a function was given an object of a class, which it may have changed."""
        calls = (call for call in self._last if call.function == function)
        return any(type(value).__name__ == kind for call in calls for value in call.given)

    def to_paste(self, call: Call, module: str) -> str:
        r"""Return lines of Python that make a call again; empty where they would be too long.

        A value that an earlier call returned, such as a cache, is made by that call.

        Args:
            call: one of these.
            module: what to import the functions from.
        """
        lines: list[str] = []
        made: dict[int, str] = {}
        try:
            text = self._written(call, lines, made)
        except _CannotBeWrittenError:
            return ""
        names = dict.fromkeys(line.partition(" = ")[2].partition("(")[0] for line in lines)
        imported = ", ".join({**names, call.function: None})
        return "\n".join(["import numpy as np", f"from {module} import {imported}", *lines, text])

    def _written(self, call: Call, lines: list[str], made: dict[int, str]) -> str:
        given = [*call.arguments, *call.keywords.values()]
        for value in given:
            self._make(value, lines, made)
        left = _MOST_NUMBERS - sum(_numbers(value) for value in given if id(value) not in made)
        if left < 0:
            raise _CannotBeWrittenError
        texts = [made.get(id(value)) or _literal(value) for value in given]
        count = len(call.arguments)
        named = [f"{name}={text}" for name, text in zip(call.keywords, texts[count:], strict=True)]
        return f"{call.function}({', '.join([*texts[:count], *named])})"

    def _make(self, value: Any, lines: list[str], made: dict[int, str]) -> None:
        """Write the line that makes a value which only an earlier call gives."""
        if _is_plain(value) or id(value) in made:
            return
        for call in self._last:
            parts = call.returned if isinstance(call.returned, tuple) else ()
            place = next((i for i, part in enumerate(parts) if part is value), None)
            if place is not None:
                names = [f"out{len(lines)}_{i}" for i in range(len(parts))]
                line = f"{', '.join(names)} = {self._written(call, lines, made)}"
                lines.append(line)
                made[id(value)] = names[place]
                return
        raise _CannotBeWrittenError


def in_words(call: Call, parameters: Sequence[str]) -> str:
    """Return a call with kinds and shapes in place of its arguments.

    Args:
        call: the call.
        parameters: the names of the function's parameters.

    Example:
        >>> in_words(Call("softmax", [np.zeros((5, 3)), 2.0], {"axis": 1}), ["x", "t", "axis"])
        'softmax(x of shape (5, 3), t=2.0, axis=1)'
    """
    names = [*parameters, *[""] * len(call.arguments)]
    pairs = [*zip(names, call.arguments, strict=False), *call.keywords.items()]
    return f"{call.function}({', '.join(_in_words(name, value) for name, value in pairs)})"


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{name or 'an array'} of shape {value.shape}"
    short = (
        isinstance(value, (bool, int, float, str, type(None), np.number)) and len(repr(value)) < _MOST_NUMBERS
    )
    words = (_number(value) if isinstance(value, (float, np.number)) else repr(value)) if short else ""
    if short:
        return f"{name}={words}" if name else words
    return name or kind_of(value)


class _CannotBeWrittenError(Exception):
    """A value is too long, or nothing that one can type."""


def _kept(value: Any) -> Any:
    """Return a copy of short plain data, and anything else itself."""
    return deepcopy(value) if _is_plain(value) and _numbers(value) <= _MOST_NUMBERS else value


def _parts(returned: Any) -> Iterator[Any]:
    """Give what a call returned, and what is in it where that is several values."""
    yield returned
    if isinstance(returned, (tuple, list)):
        for part in returned:
            yield from _parts(part)
    elif isinstance(returned, dict):
        yield from returned.values()


def _is_plain(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.name in _PLAIN_TYPES
    if type(value) is dict:
        return all(map(_is_plain, value.values()))
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))
    return isinstance(value, (bool, int, float, str, type(None), np.number, np.bool_))


def _numbers(value: Any) -> int:
    """Return how many numbers a value holds."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(_numbers, value.values()))
    return sum(map(_numbers, value)) if isinstance(value, (list, tuple)) else 1


def _literal(value: Any) -> str:
    """Return what one types for a plain value.

    Raises:
        _CannotBeWrittenError: it can't be typed.
    """
    if isinstance(value, np.ndarray):
        if value.dtype.name not in _PLAIN_TYPES:
            raise _CannotBeWrittenError
        empty = f"np.zeros({value.shape})" if not value.size else ""
        return empty or f"np.array({_literal(value.tolist())})"
    if type(value) is dict:
        return "{" + ", ".join(f"{key!r}: {_literal(part)}" for key, part in value.items()) + "}"
    if type(value) in (list, tuple):
        inside = ", ".join(map(_literal, value))
        return f"[{inside}]" if type(value) is list else f"({inside}{',' if len(value) == 1 else ''})"
    if isinstance(value, (float, np.number)):
        return _number(value)
    if isinstance(value, (bool, int, str, type(None), np.bool_)):
        return repr(value.item() if isinstance(value, np.bool_) else value)
    raise _CannotBeWrittenError


def _number(value: Any) -> str:
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float) and not math.isfinite(plain):
        return "np.nan" if math.isnan(plain) else f"{'-' if plain < 0 else ''}np.inf"
    return repr(plain)
