"""What a submission answered during one check, condensed so that two submissions can be compared."""

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from autograder.answers.flat import MOST_PARTS
from autograder.proxy.entries import Entry, condense, root_of, same_entries
from autograder.sandbox.inside import messages

#: Bytes of outputs that are kept as they are; more than that is condensed, which takes a while.
MOST_ROOM = 2**26
#: Bytes that Python takes for an object, roughly.
_OBJECT = 56


class _Noted(NamedTuple):
    """An answer as it came."""

    function: str
    value: Any
    request: messages.Request | None
    changed: Mapping[int | str, Any]


class Transcript:
    """The outputs of one check's calls, in order.

    They are condensed when somebody asks: nobody does about checks that pass, which are most. Only where they
    take much room, as a submission may see to, that happens at once.
    """

    def __init__(self) -> None:
        self._noted: list[_Noted] = []
        self._entries: list[Entry] = []
        self._called: set[str] = set()
        self._parts = 0
        self._room = 0

    @property
    def parts(self) -> int:
        """How many numbers and arrays are kept."""
        return self._parts

    @property
    def entries(self) -> list[Entry]:
        """What was taken down, condensed."""
        self.condense()
        return self._entries

    def note(
        self,
        function: str,
        value: Any,
        request: messages.Request | None = None,
        changed: Mapping[int | str, Any] = MappingProxyType({}),
    ) -> None:
        """Take down what a function returned, or the exception that it raised.

        Args:
            function: the label of what was called.
            value: what came back.
            request: what was asked.
            changed: arguments of the check's that the call changed in place.
        """
        self._called.add(root_of(function))
        if self._parts > MOST_PARTS:
            return
        noted = _Noted(function, _kept(value), request, {key: _kept(after) for key, after in changed.items()})
        self._noted.append(noted)
        self._room += _bytes(value) + _bytes(list(changed.values())) + _bytes(list(request or ()))
        if self._room > MOST_ROOM:
            self.condense()

    def condense(self) -> None:
        """Keep a few numbers of each output in place of the output."""
        for noted in self._noted:
            if self._parts <= MOST_PARTS:
                entry = condense(*noted)
                self._entries.append(entry)
                self._parts += max(1, len(entry.parts), len(entry.words))
        self._noted.clear()
        self._room = 0

    def forget_outputs(self) -> None:
        """Keep only which functions were called; outputs take room."""
        self._noted.clear()
        self._entries.clear()
        self._parts = self._room = 0

    def functions(self) -> set[str]:
        """Return the names of the functions and classes that were called."""
        return self._called


def _kept(value: Any) -> Any:
    """Return a value that stays as it is when the check changes its lists and dictionaries."""
    if isinstance(value, dict):
        return {key: _kept(inner) for key, inner in value.items()}
    return type(value)(map(_kept, value)) if type(value) in (list, tuple) else value


def _bytes(value: Any) -> int:
    """Return about how much room a value takes, with what Python adds to each of its entries."""
    if isinstance(value, (list, tuple)):
        return _OBJECT + sum(map(_bytes, value))
    if isinstance(value, dict):
        return _OBJECT + sum(2 * _OBJECT + _bytes(key) + _bytes(inner) for key, inner in value.items())
    if isinstance(value, np.ndarray):
        return 2 * _OBJECT + value.nbytes
    return sys.getsizeof(value) if isinstance(value, (str, bytes, int)) else _OBJECT


def alike(one: Transcript, other: Transcript) -> bool:
    """Whether both gave the same outputs, up to rounding."""
    return same_entries(one.entries, other.entries)
