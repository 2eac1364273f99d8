"""Grading what is declared: the reference, the correct variants and the misconceptions."""

from collections.abc import Container
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.grading.grade_class import grade_submissions
from autograder.grading.result import CheckResult, Grade
from autograder.reports.progress import progress_bar
from autograder.seeds import GradingSeed, NumberedSeed
from autograder.variants.sample_class import sample_class, write_sample_class
from autograder.verdicts import CheckVerdict, SubmissionVerdict

#: The seed that a topic is proven with, the same for everybody.
USUAL_SEED = NumberedSeed(0)


@dataclass(frozen=True)
class DeclaredVariant:
    """A variant of the bank, or the reference, and what the checks made of it.

    Attributes:
        name: as declared.
        right: whether it is to keep full marks.
        lost: the checks that it did not pass.
    """

    name: str
    right: bool
    lost: tuple[CheckResult, ...]

    @property
    def failed(self) -> frozenset[str]:
        """The ids of the checks that it did not pass."""
        return frozenset(check.id for check in self.lost)

    @property
    def named(self) -> bool:
        """Whether the feedback names this misconception, and no other."""
        return set(self.names.values()) == {self.name}

    @property
    def named_first(self) -> bool:
        """Whether the first name that the feedback gives is its own."""
        return next(iter(self.names.values()), None) == self.name

    @property
    def wrong_names(self) -> dict[str, str]:
        """By check, the names of other misconceptions that the feedback gives."""
        return {check: name for check, name in self.names.items() if name != self.name}

    @property
    def names(self) -> dict[str, str]:
        """By check, in the order of the file, the misconception that the feedback names."""
        return {check.id: check.misconception for check in self.lost if check.misconception}


def grade_declared(
    assignment: Assignment,
    executor: Executor,
    only: Container[str] | None = None,
    seed: GradingSeed = USUAL_SEED,
) -> list[DeclaredVariant]:
    """Grade the members of the sample class that are right or wrong by declaration, as any class is graded.

    Args:
        assignment: the topic.
        executor: any `concurrent.futures.Executor`.
        only: names of the members to grade; None for all.
        seed: the grading seed.

    Raises:
        UserError: the machine failed, or there is no safe sandbox.
    """
    members = {
        name: content
        for name, content in sample_class(assignment).items()
        if name.startswith(("reference", "correct-", "misconception-")) and (only is None or name in only)
    }
    with (
        TemporaryDirectory(prefix="autograder-proof-") as folder,
        progress_bar(len(members), f"variants of {assignment.name}") as advance,
    ):
        write_sample_class(Path(folder) / "class", assignment.name, members)
        grades = grade_submissions(
            [Path(folder) / "class" / name for name in members],
            assignment,
            executor,
            seed=seed,
            on_grade=lambda _, grade: advance(grade.student),
        )
    return [_variant(grade) for grade in grades]


def _variant(grade: Grade) -> DeclaredVariant:
    if grade.verdict == SubmissionVerdict.INFRASTRUCTURE:
        raise UserError(f"{grade.student} could not be graded: {grade.feedback}")
    kind, _, name = grade.student.partition("-")
    lost = tuple(check for check in grade.checks if check.verdict != CheckVerdict.PASSED)
    return DeclaredVariant(name or kind, kind != "misconception", lost)
