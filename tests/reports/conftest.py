"""Grades made by hand, for the tests of what is reported of them."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from autograder.grading.result import CheckResult, Grade, Manifest
from autograder.verdicts import CheckVerdict, SubmissionVerdict


def make_grade(
    student: str, *points: float, verdict: SubmissionVerdict = SubmissionVerdict.GRADED, feedback: str = ""
) -> Grade:
    """Return a grade on checks test_0, test_1, ... of 2 points each, the odd ones hidden."""
    checks = tuple(
        CheckResult(
            id=f"test_{number}",
            title=f"Check {number} costs $5 a_b",
            points=earned,
            max_points=2,
            hidden=number % 2 == 1,
            verdict=CheckVerdict.PASSED if earned == 2 else CheckVerdict.FAILED,
            rationale="",
            details="",
            misconception="no-shift" if earned == 0 else None,
            exact_points=str(Fraction(str(earned))),
        )
        for number, earned in enumerate(points)
    )
    manifest = Manifest("0", "0", "seed-0")
    return Grade(student, "losses", verdict, feedback, sum(points), 2 * len(points), checks, manifest)


@pytest.fixture
def grade() -> Callable[..., Grade]:
    return make_grade
