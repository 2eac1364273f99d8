"""Grading one submission, as everybody asks for it: in a helper process that this one supervises."""

from dataclasses import replace
from pathlib import Path

from autograder.course.assignment import Assignment, find_assignment
from autograder.course.secret import grading_seed
from autograder.errors import UserError
from autograder.grading.helper.supervise import grade_in_helper
from autograder.grading.result import Grade
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.seeds import GradingSeed
from autograder.submissions import HandIn


def grade_submission(
    handed_in: Path | str | HandIn,
    assignment: Assignment | str,
    *,
    seed: GradingSeed | int | None = None,
    allow_unsandboxed: bool = False,
    limits: Limits | None = None,
    level: Level | None = None,
) -> Grade:
    """Grade one submission, in a sandbox; once more where it was short of a processor.

    Args:
        handed_in: the student's folder or zip, or what a reader found in a download.
        assignment: the topic, or its name in the course of the working directory.
        seed: the grading seed, or its number; by default the course's secret.
        allow_unsandboxed: whether a machine that offers no safe level may grade all the same.
        limits: what the submission may use.
        level: the sandbox to use; by default the best that this machine offers.

    Returns:
        The grade, whatever the submission does: what goes wrong is a verdict, not an exception. Where a call
        was stopped that had waited for a processor longer than it ran, that of the second run, which says so.

    Raises:
        UserError: there is no such assignment, its checks can't be run, the course's secret can't be had, or
            there is no safe sandbox.
    """
    if isinstance(assignment, str):
        assignment = find_assignment(assignment)

    def once() -> Grade:
        return grade_once(
            handed_in,
            assignment,
            seed=seed,
            allow_unsandboxed=allow_unsandboxed,
            limits=limits,
            level=level,
        )

    grade = once()
    return second_run(once()) if was_starved(grade) else grade


def was_starved(grade: Grade) -> bool:
    """Return whether a call was stopped that had waited for a processor longer than it ran."""
    return bool(grade.run.get("starved"))


def second_run(grade: Grade) -> Grade:
    """Return the grade of a submission that was starved at first, with a note of that in `run.json`."""
    return replace(grade, run={**grade.run, "starved_at_first": True})


def grade_once(
    handed_in: Path | str | HandIn,
    assignment: Assignment,
    *,
    seed: GradingSeed | int | None,
    allow_unsandboxed: bool,
    limits: Limits | None,
    level: Level | None,
) -> Grade:
    """Grade one submission, starved or not; otherwise as `grade_submission`.

    Raises:
        UserError: as `grade_submission` does.
    """
    level = level or choose_level(allow_unsandboxed)
    seed = grading_seed(assignment.course, seed)
    try:
        return grade_in_helper(handed_in, assignment, seed, level, limits or Limits())
    except UserError:
        raise
    except Exception as error:
        from autograder.grading.grade_one import grade_lost  # with all that a helper needs, and no task else

        return grade_lost(handed_in, assignment, error, seed)
