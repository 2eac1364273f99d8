"""Raise exceptions with causes in a circle, a hundred thousand contexts, and tracebacks of a million frames."""

import sys
import types


def long_traceback():
    try:
        raise ValueError("deep")
    except ValueError as error:
        made = error.__traceback__
        for number in range(300_000):
            made = types.TracebackType(made, sys._getframe(), 0, number)
        return made


def mean(x):
    first, second = ValueError("first"), KeyError("second")
    first.__cause__, second.__cause__ = second, first
    first.__context__, second.__context__ = second, first
    raise first


def relu_forward(x):
    error = ValueError("last")
    for number in range(100_000):
        outer = ValueError(number)
        outer.__context__, error = error, outer
    raise error


def lowest(loss, tries):
    raise ValueError("long").with_traceback(long_traceback())
