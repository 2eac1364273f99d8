"""A file of a submission before it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO


@dataclass(frozen=True)
class Entry:
    """A file in a folder or archive.

    Attributes:
        name: relative to the folder or archive, in whatever form that has it.
        size: bytes, as far as is known before it is read.
        open: gives the content, not much longer than that.
        unfit: why it can't count, whatever its name.
        on_disk: whether opening it takes no memory.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    unfit: str | None = None
    on_disk: bool = False

    @classmethod
    def held(cls, name: str, content: bytes) -> "Entry":
        """Return the file of that content."""
        return cls(name, len(content), lambda: BytesIO(content))

    def read(self) -> bytes:
        """Return the content, not much longer than `size`."""
        with self.open() as file:
            return file.read(self.size)
