"""The verdicts on a check and on a submission, and which of them an exception gives."""

from enum import StrEnum


class CheckVerdict(StrEnum):
    """The verdict on a check, or on one of its cases; the values stand in `grade.json`."""

    PASSED = "passed"
    FAILED = "failed"
    #: The skeleton's placeholder raised.
    NOT_STARTED = "not started"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    #: The student's module has no such function.
    MISSING = "missing"


class SubmissionVerdict(StrEnum):
    """The verdict on a submission; the values stand in `grade.json`."""

    GRADED = "graded"
    #: Nothing that can be graded was found; it needs a person's look.
    UNREADABLE = "unreadable"
    #: The grader's machine failed; the submission is to be graded again.
    INFRASTRUCTURE = "infrastructure"
    #: The student is on the roster, and there is no submission.
    ABSENT = "nothing handed in"


class StudentCrashError(Exception):
    """The student's code ended its process, or can't be loaded at all."""

    autograder_verdict = CheckVerdict.CRASHED


class GarbledReplyError(StudentCrashError):
    """What came back is no answer that our own code in the sandbox sends.

    Its arguments are a sentence, and what is wrong with the answer; the latter may be in the student's words.
    """

    def __str__(self) -> str:
        """Return both."""
        sentence, why = self.args
        return f"{sentence} ({why})"


class StudentKilledError(StudentCrashError):
    """The process of the student's code was killed: by itself, or by the kernel, short of memory.

    Which of the two can't be known, so it is tried again.
    """


class StudentTimeoutError(Exception):
    """A call of the student's function ran out of time."""

    autograder_verdict = CheckVerdict.TIMEOUT


class StudentMemoryError(MemoryError):
    """A call of the student's function ran out of memory."""

    autograder_verdict = CheckVerdict.MEMORY


class MissingNameError(AttributeError):
    """The student's module has no function or class of that name."""

    autograder_verdict = CheckVerdict.MISSING


def verdict_of(error: BaseException) -> CheckVerdict:
    """Return the verdict on a check that ended with `error`.

    The same at home, where the student's exception arrives as it is, and when grading, where it is re-made.
    """
    flagged = getattr(error, "autograder_verdict", None)
    if isinstance(flagged, CheckVerdict):
        return flagged
    return next((verdict for kind, verdict in _BY_TYPE if isinstance(error, kind)), CheckVerdict.FAILED)


_BY_TYPE: tuple[tuple[type[BaseException], CheckVerdict], ...] = (
    (NotImplementedError, CheckVerdict.NOT_STARTED),
    (MemoryError, CheckVerdict.MEMORY),
    (SystemExit, CheckVerdict.CRASHED),
    (KeyboardInterrupt, CheckVerdict.CRASHED),
    (SyntaxError, CheckVerdict.CRASHED),
)
