"""What is known of a submission's cases so far; it outlives the process that writes it.

The helper writes it and mostly nobody reads it: the task looks only at which case is running. Where the
helper has to be ended, the next one reads what was finished.
"""

import os
import struct
import tempfile
from collections.abc import Iterator
from enum import Enum
from typing import Self

#: Of each record: its kind, and the bytes of what follows.
_HEAD = struct.Struct(">cI")


class Kind(Enum):
    """What a record tells."""

    #: A case begins; followed by its name.
    BEGUN = b"b"
    #: It has ended; followed by its outcome.
    ENDED = b"e"
    #: The case that was running was stopped: it took the helper too long, or too much memory, or its life.
    TIMEOUT = b"t"
    MEMORY = b"m"
    CRASHED = b"c"
    #: There is no time left for further cases.
    USED_UP = b"u"
    #: All cases are finished, and their mistakes are going to be named.
    NAMING = b"n"
    #: No mistakes are to be named.
    UNNAMED = b"x"


class Journal:
    """Records in a file without a name, which a descriptor stands for in every process that holds it.

    Args:
        descriptor: of the file; the journal closes it.

    Attributes:
        running: the case that had begun and not ended by the last look; empty between two cases.
        naming: whether by then mistakes were being named.
    """

    def __init__(self, descriptor: int):
        self.descriptor = descriptor
        self.running = ""
        self.naming = False
        self._end = 0

    @classmethod
    def new(cls) -> Self:
        """Return an empty one."""
        if hasattr(os, "memfd_create"):
            return cls(os.memfd_create("autograder-journal"))
        with tempfile.TemporaryFile() as file:
            return cls(os.dup(file.fileno()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def append(self, kind: Kind, content: bytes = b"") -> None:
        """Write one record after the last whole one."""
        self.look()
        rest = memoryview(_HEAD.pack(kind.value, len(content)) + content)
        place = self._end
        while rest:
            written = os.pwrite(self.descriptor, rest, place)
            place, rest = place + written, rest[written:]
        self.look()

    def look(self) -> None:
        """Bring `running` and `naming` up to date."""
        for kind, place, length in self._heads(self._end):
            self._end = place + length
            self.running = os.pread(self.descriptor, length, place).decode() if kind == Kind.BEGUN else ""
            self.naming |= kind == Kind.NAMING

    def records(self) -> Iterator[tuple[Kind, bytes]]:
        """Yield all whole records from the first one on."""
        for kind, place, length in self._heads(0):
            yield kind, os.pread(self.descriptor, length, place)

    def _heads(self, start: int) -> Iterator[tuple[Kind, int, int]]:
        """Yield kind, place and length of each record; one that was being written is none."""
        size = os.fstat(self.descriptor).st_size
        while start + _HEAD.size <= size:
            kind, length = _HEAD.unpack(os.pread(self.descriptor, _HEAD.size, start))
            start += _HEAD.size
            if start + length > size:
                return
            yield Kind(kind), start, length
            start += length
