"""No Python of ours imports from the working directory, which may be a student's folder."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLE = "PYTHONSAFEPATH"


def import_nothing_from_here() -> None:
    """Leave out the working directory, which `python -m` searches first.

    It stays where this package itself lies in it.
    """
    package = Path(__file__).resolve().parent.parent
    if sys.path and not sys.flags.safe_path and Path(sys.path[0]).resolve() == Path.cwd() != package:
        del sys.path[0]


@contextmanager
def starting_isolated() -> Iterator[None]:
    """Have Python processes that are started meanwhile import nothing from the working directory.

    Others must not inherit it: a notebook's kernel imports the student's module from there.
    """
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before
