"""Exceptions of the student's code, re-made on the trusted side from names and text."""

from dataclasses import dataclass
from typing import Any

from autograder.sandbox.inside.exceptions import instance
from autograder.verdicts import CheckVerdict, MissingNameError, StudentCrashError, StudentMemoryError

__all__ = ["StudentFrame", "garbled", "is_students", "missing", "remake", "student_frames", "student_type"]


@dataclass(frozen=True)
class StudentFrame:
    """A line of the student's file that an exception went through."""

    line: int
    function: str


def remake(name: Any, kinds: Any, message: Any, frames: Any) -> Exception:
    """Return the exception that an error reply tells of, as the nearest built-in class.

    It carries its own class's name and the lines of the student's file; `student_type` and `student_frames`
    read them.

    Raises:
        ValueError: the reply is not what the sandbox's own code sends.
    """
    if not (_texts([name, message]) and _texts(kinds) and type(frames) is list):
        raise ValueError("an error without type or message")
    error = _instance(name, kinds, message)
    error.__dict__["student_type"] = name
    error.__dict__["student_frames"] = [_frame(f) for f in frames]
    return error


def _texts(values: Any) -> bool:
    return type(values) is list and all(type(v) is str for v in values)


def _frame(pair: Any) -> StudentFrame:
    if type(pair) is not list or [type(v) for v in pair] != [int, str]:
        raise ValueError("a line without number or name")
    return StudentFrame(*pair)


def student_frames(error: BaseException) -> list[StudentFrame]:
    """Return the lines of the student's file that the exception went through, outermost first."""
    frames: list[StudentFrame] = getattr(error, "student_frames", [])
    return frames


def is_students(error: BaseException) -> bool:
    """Return whether the exception, and so its message, is the student's own."""
    return hasattr(error, "student_type")


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
    return instance(kinds, message) or _EndedError(name, message)


class _EndedError(Exception):
    """What is no `Exception` in the student's code: `sys.exit` and its like."""

    autograder_verdict = CheckVerdict.CRASHED

    def __init__(self, name: str, message: str):
        super().__init__(f"your code raised {name}({message})")
