"""What the grader makes of the mistakes."""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from random import Random

from autograder.grading import Grade
from autograder.verdicts import CheckVerdict, SubmissionVerdict
from tests.real_mistakes.mistake import Mistake, mistakes_of
from tests.student_code import grades_of, topic


@dataclass(frozen=True)
class Outcome:
    """A mistake and its grade."""

    topic: str
    mistake: Mistake
    grade: Grade

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids of the checks that it did not pass."""
        return tuple(check.id for check in self.grade.checks if check.verdict != CheckVerdict.PASSED)

    @property
    def given(self) -> dict[str, str]:
        """By check, the name that the feedback gives it."""
        return {check.id: check.misconception for check in self.grade.checks if check.misconception}

    @property
    def caught(self) -> bool:
        """Whether it loses points."""
        return self.grade.verdict == SubmissionVerdict.GRADED and bool(self.failed)

    @property
    def named(self) -> bool:
        """Whether each mistake in it is named; what the bank does not have can't be."""
        return all(group & set(self.given.values()) for group in self.mistake.names)

    @property
    def wrong(self) -> dict[str, str]:
        """By check, the names that are not right for it."""
        return {check: name for check, name in self.given.items() if name not in self.mistake.accepted}


def outcomes_of(names: Iterable[str], executor: Executor, only: int | None = None) -> list[Outcome]:
    """Grade the mistakes of these topics, or a choice of so many of each, as submissions of their own."""
    found = []
    for name in names:
        assignment, mistakes = topic(name), mistakes_of(name)
        if only is not None:
            mistakes = Random(0).sample(mistakes, only)
        grades = grades_of({m.name: m.module(assignment) for m in mistakes}, assignment, executor)
        found += [Outcome(name, m, grades[m.name]) for m in mistakes]
    return found


def share(some: Iterable[bool]) -> float:
    """The part of them that holds; 0 of none."""
    held = list(some)
    return sum(held) / len(held) if held else 0.0
