"""Exceptions of the student's code, re-made on the trusted side from names and text."""

import builtins
from dataclasses import dataclass
from typing import Any

from autograder.verdicts import MissingNameError, StudentCrashError, StudentMemoryError

__all__ = ["StudentFrame", "garbled", "missing", "remake", "student_frames", "student_type"]

#: Raised inside a check these would end the grader, not the check.
_NOT_RAISED = {"SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "BaseExceptionGroup"}


@dataclass(frozen=True)
class StudentFrame:
    """A line of the student's file that an exception went through."""

    line: int
    function: str


def remake(reply: list[Any]) -> Exception:
    """Return the exception that an error reply tells of, as the nearest built-in class.

    It carries its own class's name and the lines of the student's file; `student_type` and `student_frames`
    read them.
    """
    _, name, kinds, message, frames = reply
    error = _instance(str(name), [str(k) for k in kinds], str(message))
    error.__dict__["student_type"] = str(name)
    error.__dict__["student_frames"] = [StudentFrame(int(line), str(function)) for line, function in frames]
    return error


def student_frames(error: BaseException) -> list[StudentFrame]:
    """Return the lines of the student's file that the exception went through, outermost first."""
    frames: list[StudentFrame] = getattr(error, "student_frames", [])
    return frames


def student_type(error: BaseException) -> str:
    """Return the name of the exception's class in the student's code."""
    name: str = getattr(error, "student_type", type(error).__name__)
    return name


def missing(module: str, name: str) -> MissingNameError:
    """Return the error for a name that the student's module does not have."""
    return MissingNameError(f"module {module!r} has no attribute {name!r}", name=name)


def garbled(why: str) -> StudentCrashError:
    """Return the error for a reply that the sandbox's own code would never send."""
    return StudentCrashError(f"your code's process sent an answer that no function returns ({why})")


def _instance(name: str, kinds: list[str], message: str) -> Exception:
    if "MemoryError" in kinds:
        return StudentMemoryError(message or "out of memory")
    for kind in kinds:
        found = getattr(builtins, kind, None)
        if kind in _NOT_RAISED or not isinstance(found, type) or not issubclass(found, Exception):
            continue
        try:
            return found(message)
        except TypeError:  # a few, such as UnicodeDecodeError, want more than a message
            continue
    return _EndedError(name, message)


class _EndedError(Exception):
    """What is no `Exception` in the student's code: `sys.exit` and its like."""

    autograder_verdict = "crashed"

    def __init__(self, name: str, message: str):
        super().__init__(f"your code raised {name}({message})")
