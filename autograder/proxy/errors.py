"""Exceptions of the student's code, re-made on the trusted side from names and text."""

from dataclasses import dataclass

from autograder.sandbox.inside.exceptions import instance
from autograder.sandbox.inside.messages import Error
from autograder.sandbox.inside.server import MAX_FRAMES, MAX_MESSAGE
from autograder.verdicts import CheckVerdict, GarbledReplyError, StudentMemoryError

#: Characters of a class's or function's name, and built-in classes among the bases of one.
_LONGEST_NAME, _MOST_BASES = 100, 50


@dataclass(frozen=True)
class StudentFrame:
    """A line of the student's file that an exception went through."""

    line: int
    function: str


def remake(reply: Error) -> Exception:
    """Return the exception that an error reply tells of, as the nearest built-in class.

    It carries its own class's name and the lines of the student's file; `student_type` and `student_frames`
    read them. What is longer than the sandbox's own code sends is cut: the reply may be forged.
    """
    reply = reply._replace(
        name=reply.name[:_LONGEST_NAME],
        bases=reply.bases[:_MOST_BASES],
        text=reply.text[:MAX_MESSAGE],
        frames=[(line, name[:_LONGEST_NAME]) for line, name in reply.frames[-MAX_FRAMES:]],
    )
    error = _instance(reply)
    error.__dict__["student_type"] = reply.name
    error.__dict__["student_frames"] = [StudentFrame(*frame) for frame in reply.frames]
    return error


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


def garbled(why: str) -> GarbledReplyError:
    """Return the error for a reply that the sandbox's own code would never send."""
    return GarbledReplyError("your code's process sent an answer that no function returns", why)


def _instance(reply: Error) -> Exception:
    if "MemoryError" in reply.bases:
        return StudentMemoryError(reply.text or "out of memory")
    return instance(reply.bases, reply.text) or _EndedError(f"your code raised {reply.name}({reply.text})")


class _EndedError(Exception):
    """What is no `Exception` in the student's code: `sys.exit` and its like."""

    autograder_verdict = CheckVerdict.CRASHED
