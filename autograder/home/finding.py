"""What was found of one topic, and its points."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder.course.read_checks import read_checks
from autograder.home.child.job import Job
from autograder.home.outcome import Checked, Outcome


@dataclass(frozen=True)
class Finding:
    """One topic's job, and what became of it."""

    job: Job
    outcome: Outcome

    @property
    def topic(self) -> str:
        """The name of the student's file, without its ending."""
        return self.job.module.stem

    @property
    def checked(self) -> list[Checked]:
        """The checks of which a case has run."""
        return [checked for checked in self.outcome.checks.values() if checked.cases]

    @property
    def earned(self) -> Fraction:
        """The points earned."""
        return sum((check.points for check in self.checked), Fraction(0))

    @property
    def ran(self) -> Fraction:
        """The points of all cases that ran."""
        return sum((check.share * len(check.cases) for check in self.checked), Fraction(0))

    @property
    def public(self) -> Fraction:
        """The points of all public checks of the topic."""
        return sum((spec.points for spec in read_checks(Path(self.job.checks))), Fraction(0))


def in_figures(points: Fraction) -> str:
    """Return points as people read them.

    Example:
        >>> in_figures(Fraction(1, 3))
        '0.33'
    """
    return f"{float(points):.2f}".rstrip("0").rstrip(".")
