"""A check and what became of its cases at home."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from autograder.checkspec import CheckSpec
from autograder.home.events import Ended
from autograder.scoring import earned, overall_verdict
from autograder.verdicts import CheckVerdict


@dataclass(frozen=True)
class Checked:
    """A check and its cases.

    Attributes:
        spec: what it declares.
        cases: those that ended.
    """

    spec: CheckSpec
    cases: list[Ended]

    @property
    def verdict(self) -> CheckVerdict:
        """The verdict on it."""
        return overall_verdict([case.verdict for case in self.cases])

    @property
    def earned(self) -> Fraction:
        """The points it earned."""
        return earned(self.spec.points, [case.verdict for case in self.cases])

    @property
    def failures(self) -> list[Ended]:
        """Its cases that fail, but for those that are not started."""
        return [c for c in self.cases if c.verdict not in (CheckVerdict.PASSED, CheckVerdict.NOT_STARTED)]

    def shares(self) -> Iterator["Share"]:
        """Give each case with the points that it is worth."""
        for case in self.cases:
            function = case.functions[-1] if case.functions else ""
            yield Share(function, self.spec.points / len(self.cases), case.verdict)


@dataclass(frozen=True)
class Share:
    """One case of a check.

    Attributes:
        function: what it is about: of the functions that it uses, the last one in the file.
        points: what it is worth.
        verdict: on it.
    """

    function: str
    points: Fraction
    verdict: CheckVerdict
