"""Names that are missing, and those that were probably meant to be them."""

import difflib
from collections.abc import Collection
from itertools import islice

from autograder.verdicts import MissingNameError

#: Letters by which a misspelt name may be longer or shorter, and how many names are looked at.
_FARTHEST, _MOST_NAMES = 3, 500


def missing_name(
    module: str, name: str, there: Collection[str], expected: Collection[str]
) -> MissingNameError:
    """Return the error for a name that the student's module does not have.

    Args:
        module: its name.
        name: what is missing.
        there: the names that the module has.
        expected: the names that the assignment asks for.
    """
    similar = similar_name(name, there, expected)
    but = f"; you have {similar}" if similar else ""
    return MissingNameError(f"{module}.py has no {name}{but}", name=name)


def similar_name(name: str, there: Collection[str], expected: Collection[str]) -> str:
    """Return the name that was probably meant to be `name`; empty where there is none.

    Args:
        name: what is missing.
        there: the names that the student has.
        expected: the names that the assignment asks for: such a one is itself.
    """
    near = (other for other in there if other not in expected and abs(len(other) - len(name)) <= _FARTHEST)
    others = {other.lower(): other for other in islice(near, _MOST_NAMES)}
    close = difflib.get_close_matches(name.lower(), others, n=1, cutoff=0.8)
    return others[close[0]] if close else ""
