"""How one case ended, as the journal keeps it."""

import pickle
from collections.abc import Mapping
from traceback import format_exception_only
from typing import Any, Final, NamedTuple

from autograder.answers import Answers, Promise
from autograder.grading.helper.journal import Journal, Kind
from autograder.grading.run_checks import Case
from autograder.proxy.budget import Budget
from autograder.proxy.transcript import Transcript
from autograder.verdicts import (
    CheckVerdict,
    StudentCrashError,
    StudentMemoryError,
    StudentTimeoutError,
    verdict_of,
)

#: What was wrong with a case in which a helper had to be ended.
STOPPED: Final[Mapping[Kind, Exception]] = {
    Kind.TIMEOUT: StudentTimeoutError("what it sent back keeps the check busy for longer than it may"),
    Kind.MEMORY: StudentMemoryError("what it sent back takes the check more memory than there is for it"),
    Kind.CRASHED: StudentCrashError("what your code sent back ended the process that checks it"),
    Kind.USED_UP: StudentTimeoutError(
        "what it sent back to earlier checks used up the time that a submission has"
    ),
}


class Outcome(NamedTuple):
    """What a case has besides its check, which the file of checks tells again.

    Attributes:
        verdict, error, where, stumbled, message, transcript, printed: as in `Case`.
        called: the functions that were called.
        broken: the first that broke its promise.
        budget: what was left of the submission's time after the case.
    """

    verdict: CheckVerdict
    error: BaseException | None
    where: str
    stumbled: str
    message: str
    transcript: Transcript
    printed: bytes
    called: set[str]
    broken: tuple[str, str] | None
    budget: Budget

    @classmethod
    def of(cls, case: Case, budget: Budget) -> "Outcome":
        """Return that of a case that has just ended."""
        return cls(
            case.verdict,
            case.error,
            case.where,
            case.stumbled,
            case.message,
            case.transcript,
            case.printed,
            case.answers.called,
            case.answers.broken,
            budget,
        )

    def packed(self) -> bytes:
        """Return it as bytes for a process of ours."""
        return pickle.dumps(tuple(self))

    def fill(self, case: Case, promises: Mapping[str, Promise]) -> None:
        """Give a case this outcome."""
        case.verdict, case.error, case.where, case.stumbled = self[:4]
        case.message, case.transcript, case.printed = self[4:7]
        case.answers = Answers(promises)
        case.answers.called, case.answers.broken = self.called, self.broken


def stop(case: Case, why: Kind) -> None:
    """Give a case the outcome of one in which a helper had to be ended."""
    error = STOPPED[why]
    case.error, case.verdict = error, verdict_of(error)
    case.message = "".join(format_exception_only(error)).rstrip()


def portable(error: BaseException) -> BaseException:
    """Return an exception that another process can have, and that holds nothing but what is said of it.

    Its traceback would hold all that the case was given, until the submission is graded.
    """
    error = error.with_traceback(None)
    error.__cause__ = error.__context__ = None
    try:
        if len(pickled := pickle.dumps(error)) > _LARGEST:
            raise ValueError("it holds more than a message")
        pickle.loads(pickled)
    except Exception:  # of a class that is known in the file of checks only, or that wants more arguments
        plain = AssertionError if isinstance(error, AssertionError) else Exception
        told = {name: value for name, value in vars(error).items() if name in _SAID}
        error = plain(str(error)[:_LARGEST])
        vars(error).update(told)
    return error


#: Bytes of an exception.
_LARGEST = 40_000
#: What is said of an exception besides its message.
_SAID = ("student_type", "student_frames", "autograder_verdict")


class Known(NamedTuple):
    """What a journal tells of a submission.

    Attributes:
        ended: how cases ended, by their names.
        stopped: why others were stopped.
        used_up: whether there is no time for further ones.
        unnamed: whether mistakes are not to be named.
    """

    ended: dict[str, Outcome]
    stopped: dict[str, Kind]
    used_up: bool
    unnamed: bool

    @classmethod
    def of(cls, journal: Journal) -> "Known":
        """Read it."""
        known, running = cls({}, {}, False, False), ""
        for kind, content in journal.records():
            match kind:
                case Kind.BEGUN:
                    running = content.decode()
                case Kind.ENDED:
                    known.ended[running] = Outcome(*_unpacked(content))
                case Kind.TIMEOUT | Kind.MEMORY | Kind.CRASHED:
                    known.stopped[running] = kind
                case Kind.USED_UP:
                    known = known._replace(used_up=True)
                case Kind.UNNAMED:
                    known = known._replace(unnamed=True)
        return known

    @property
    def budget(self) -> Budget | None:
        """What was left after the last case that ended; None where none has."""
        return next((outcome.budget for outcome in reversed(self.ended.values())), None)


def _unpacked(content: bytes) -> tuple[Any, ...]:
    unpacked: tuple[Any, ...] = pickle.loads(content)
    return unpacked
