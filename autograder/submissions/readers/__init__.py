"""Readers of what platforms let an instructor download: a file per kind, found by its name.

A file `<kind>.py` in here defines `READER`, a `Reader`; `autograder grade --from <kind>` then knows it.
"""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UserError
from autograder.submissions.hand_in import Collection, HandIn

if TYPE_CHECKING:
    from autograder.grading.grade import Grade

__all__ = ["Reader", "kinds", "reader"]


@dataclass(frozen=True)
class Reader:
    """How to read one kind of download.

    Attributes:
        collect: finds the submissions; takes the folder or zip and the topic's name, and raises `UserError`
            where the folder or zip is none of this kind.
        out: the folder for the grades where the user names none; takes the same.
        publish: brings the grades to where the submissions came from, after grading; takes the folder or zip,
            the topic's name, and each submission with its grade. Grades of verdict `infrastructure` are among
            them and must not be published. Returns a line to print.
    """

    collect: Callable[[Path, str], Collection]
    out: Callable[[Path, str], Path] | None = None
    publish: Callable[[Path, str, "Sequence[tuple[HandIn, Grade]]"], str] | None = None


def kinds() -> list[str]:
    """Return the names of all kinds."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def reader(kind: str) -> Reader:
    """Return the reader of a kind.

    Raises:
        UserError: there is none of that name.
    """
    if kind not in kinds():
        raise UserError(f"there is no reader for {kind!r}; there are: {', '.join(kinds())}")
    found = import_module(f"{__name__}.{kind}").READER
    assert isinstance(found, Reader)
    return found
