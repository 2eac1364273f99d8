"""Exceptions that cross the wire: the nearest built-in class, and which of the check's they are."""

import builtins
from collections.abc import Sequence

#: Attribute of an exception that a callback of the check's raised: its number on the trusted side.
RAISED_BY_CHECK = "__autograder_raised_by_check__"
#: Raised inside a check these would end the grader, not the check.
_NOT_RAISED = {"SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "BaseExceptionGroup"}


def instance(kinds: Sequence[str], message: str) -> Exception | None:
    """Return an exception of the first of `kinds` that is a built-in one with a plain message, or None."""
    for kind in kinds:
        found = getattr(builtins, kind, None)
        if kind in _NOT_RAISED or not isinstance(found, type) or not issubclass(found, Exception):
            continue
        try:
            return found(message)
        except TypeError:  # a few, such as UnicodeDecodeError, want more than a message
            continue
    return None
