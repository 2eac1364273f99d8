"""What became of the checks at home."""

from dataclasses import dataclass, field
from fractions import Fraction

from autograder.home.events import Ended, Place, Unloadable
from autograder.scoring import overall_verdict
from autograder.verdicts import CheckVerdict


@dataclass
class Checked:
    """A check, and its cases that ended.

    Attributes:
        id: its name.
        title: its title.
        share: what each of its cases is worth, those that did not run among them.
        cases: those that ended, in order.
    """

    id: str
    title: str
    share: Fraction
    cases: list[Ended] = field(default_factory=list)

    @property
    def verdict(self) -> CheckVerdict:
        """The verdict on it."""
        return overall_verdict([case.verdict for case in self.cases])

    @property
    def points(self) -> Fraction:
        """What its cases have earned."""
        return self.share * sum(case.verdict == CheckVerdict.PASSED for case in self.cases)

    @property
    def failures(self) -> list[Ended]:
        """Its cases that fail, but for those that are not started."""
        return [c for c in self.cases if c.verdict not in (CheckVerdict.PASSED, CheckVerdict.NOT_STARTED)]


@dataclass
class Outcome:
    """What became of the checks.

    Attributes:
        checks: those that began, by name, in order.
        unloadable: why the file can't be executed; None where it can.
        paused: where `breakpoint()` was passed.
        interrupted: whether somebody pressed Ctrl-C.
        interrupted_at: what was running then.
        left: how many cases did not run.
        tries: by check, in how many runs it has failed until now; empty where the course shows hints at once.
    """

    checks: dict[str, Checked] = field(default_factory=dict)
    unloadable: Unloadable | None = None
    paused: list[Place] = field(default_factory=list)
    interrupted: bool = False
    interrupted_at: Place | None = None
    left: int = 0
    tries: dict[str, int] = field(default_factory=dict)
