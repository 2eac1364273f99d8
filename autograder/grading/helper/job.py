"""What a task asks of a helper, and what it is answered."""

from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.seeds import GradingSeed
from autograder.submissions import HandIn


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes:
        handed_in: the student's folder or zip, or what a reader found in a download.
        assignment: the topic.
        seed: the grading seed.
        level: the sandbox to use.
        limits: what the submission may use.
        started: when its grading began, by the monotonic clock.
        folder: the working directory, from which relative paths lead.
    """

    handed_in: Path | str | HandIn
    assignment: Assignment
    seed: GradingSeed
    level: Level
    limits: Limits
    started: float
    folder: str


@dataclass(frozen=True)
class Refused:
    """Instead of a grade: the course can't be graded with, in words for its author."""

    why: str
