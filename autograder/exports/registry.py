"""Which formats there are: a file per format, found by its name.

A file `<kind>.py` beside this one defines `fill`, for a table of the whole class, or `results`, which makes
the content of a JSON file for each student. `autograder export <kind>` then knows it.
"""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import autograder.exports
from autograder.errors import UserError
from autograder.exports.grades import Graded
from autograder.extras import import_with_extra
from autograder.grading.grade import Grade

__all__ = ["Fill", "Filled", "Results", "exporter", "kinds"]


@dataclass(frozen=True)
class Filled:
    """A table with the grades in it.

    Attributes:
        text: the content of the CSV file.
        count: how many grades are in it.
        notes: a line on each student without a row, each row without a grade, and what else must be known.
    """

    text: str
    count: int
    notes: list[str] = field(default_factory=list)


#: Puts grades into a table that the user exported, or makes one where there is none; the last argument names
#: the column for the grades, where the user does.
Fill = Callable[[Sequence[Graded], Path | None, str | None], Filled]
#: Makes the content of one student's JSON file.
Results = Callable[[Grade], dict[str, Any]]


def kinds() -> list[str]:
    """Return the names of all formats."""
    return [name for name in _files() if _functions(name) != (None, None)]


def exporter(kind: str) -> tuple[Fill | None, Results | None]:
    """Return what a format defines: one of the two.

    Raises:
        UserError: there is no such format.
    """
    functions = _functions(kind) if kind in _files() else (None, None)
    if functions == (None, None):
        raise UserError(f"there is no export {kind!r}; there are: {', '.join(kinds())}")
    return functions


def _files() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(autograder.exports.__path__))


def _functions(kind: str) -> tuple[Fill | None, Results | None]:
    module = import_with_extra(f"{autograder.exports.__name__}.{kind}", f"the export {kind}")
    return getattr(module, "fill", None), getattr(module, "results", None)
