"""The verdicts on a check, and how the exception that ended it decides which one it is."""

from types import ModuleType

__all__ = [
    "CRASHED",
    "FAILED",
    "MEMORY",
    "MISSING",
    "NOT_STARTED",
    "PASSED",
    "TIMEOUT",
    "MissingNameError",
    "StudentCrashError",
    "StudentMemoryError",
    "StudentTimeoutError",
    "verdict_of",
]

PASSED = "passed"
FAILED = "failed"
NOT_STARTED = "not started"
TIMEOUT = "timeout"
MEMORY = "memory"
CRASHED = "crashed"
MISSING = "missing"


class StudentCrashError(Exception):
    """The student's code ended its process, or can't be loaded at all."""

    autograder_verdict = CRASHED


class StudentTimeoutError(Exception):
    """A call of the student's function ran out of time."""

    autograder_verdict = TIMEOUT


class StudentMemoryError(MemoryError):
    """A call of the student's function ran out of memory."""

    autograder_verdict = MEMORY


class MissingNameError(AttributeError):
    """The student's module has no function or class of that name."""

    autograder_verdict = MISSING


def verdict_of(error: BaseException) -> str:
    """Return the verdict on a check that ended with `error`.

    The same at home, where the student's exception arrives as it is, and when grading, where it is re-made.
    """
    flagged = getattr(error, "autograder_verdict", None)
    if isinstance(flagged, str):
        return flagged
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType):
        return MISSING if hasattr(error.obj, "__autograder_student__") else FAILED
    for kind, verdict in _BY_TYPE:
        if isinstance(error, kind):
            return verdict
    return FAILED


_BY_TYPE: tuple[tuple[type[BaseException], str], ...] = (
    (NotImplementedError, NOT_STARTED),
    (MemoryError, MEMORY),
    (SystemExit, CRASHED),
    (KeyboardInterrupt, CRASHED),
    (SyntaxError, CRASHED),
)
