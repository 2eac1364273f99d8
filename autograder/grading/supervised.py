"""Grading one submission, as everybody asks for it: in a helper process that this one supervises."""

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
    """Grade one submission, in a sandbox.

    Args:
        handed_in: the student's folder or zip, or what a reader found in a download.
        assignment: the topic, or its name in the course of the working directory.
        seed: the grading seed, or its number; by default the course's secret.
        allow_unsandboxed: whether a machine that offers no safe level may grade all the same.
        limits: what the submission may use.
        level: the sandbox to use; by default the best that this machine offers.

    Returns:
        The grade, whatever the submission does: what goes wrong is a verdict, not an exception.

    Raises:
        UserError: there is no such assignment, its checks can't be run, the course's secret can't be had, or
            there is no safe sandbox.
    """
    if isinstance(assignment, str):
        assignment = find_assignment(assignment)
    level = level or choose_level(allow_unsandboxed)
    seed = grading_seed(assignment.course, seed)
    try:
        return grade_in_helper(handed_in, assignment, seed, level, limits or Limits())
    except UserError:
        raise
    except Exception as error:
        from autograder.grading.grade_one import grade_lost  # with all that a helper needs, and no task else

        return grade_lost(handed_in, assignment, error, seed)
