"""A class's grades on disk, made by hand."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from autograder.grading import CheckResult, Grade, Manifest
from autograder.grading.store import Store
from autograder.submissions.hand_in import HandIn, Person, read_path
from autograder.verdicts import CheckVerdict, SubmissionVerdict

SECRET = "EXPECTED 42 IN A HIDDEN CHECK"


def make_grade(
    student: str,
    score: float,
    feedback: str = "Try again.",
    verdict: SubmissionVerdict = SubmissionVerdict.GRADED,
) -> Grade:
    """A grade of two checks out of 100 points, the second one hidden and failed."""
    checks = (
        CheckResult(
            "test_a",
            "The <mean> of three",
            score,
            60,
            False,
            CheckVerdict.PASSED,
            "Passed.",
            "",
            exact_points=str(score),
        ),
        CheckResult(
            "test_b", "A hidden check", 0, 40, True, CheckVerdict.FAILED, feedback, SECRET, exact_points="0"
        ),
    )
    said = "" if verdict == SubmissionVerdict.GRADED else "Nothing to grade."
    manifest = Manifest("0123456789abcdef", "0", "seed-0")
    return Grade(student, "losses", verdict, said, score, 100, checks, manifest)


@pytest.fixture
def grades(tmp_path: Path) -> Callable[..., Path]:
    """Writes grades as `autograder grade` does; takes each with the person that a platform knows."""

    def write(*graded: tuple[Grade, Person | None]) -> Path:
        with Store(tmp_path / "grades") as store:
            for grade, person in graded:
                store.write(grade)
                hand_in = HandIn(grade.student, partial(read_path, Path()))
                store.describe(hand_in if person is None else replace(hand_in, person=person))
        return tmp_path / "grades"

    return write
