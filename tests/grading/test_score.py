"""Points are summed exactly and rounded once; verdicts of a submission never are exceptions."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.assignment import Assignment
from autograder.grading import Grade, grade_submission
from autograder.scoring import as_number, earned, overall_verdict
from autograder.verdicts import CheckVerdict, SubmissionVerdict

Grading = Callable[[str], Grade]


def test_all_right_is_all_points(grade: Grading, right: str) -> None:
    result = grade(right)
    assert (result.verdict, result.score, result.max_score) == (SubmissionVerdict.GRADED, 7, 7)
    assert {c.verdict for c in result.checks} == {CheckVerdict.PASSED}
    assert [c.points for c in result.checks] == [2, 1, 1, 3]


def test_two_thirds_of_a_point(grade: Grading, right: str) -> None:
    result = grade(right.replace("float(np.average(x))", "float(np.average(x)) if x[0] != 2 else 0.0"))
    assert result.score == 6.67
    assert next(c.points for c in result.checks if c.id == "test_thirds") == 0.67


@given(st.fractions(0, 100), st.integers(1, 50))
def test_all_cases_of_a_check_make_the_whole(points: Fraction, cases: int) -> None:
    assert earned(points, [CheckVerdict.PASSED] * cases) == points
    assert sum(earned(points / cases, [CheckVerdict.PASSED]) for _ in range(cases)) == points
    assert (
        earned(points, [CheckVerdict.PASSED] * (cases - 1) + [CheckVerdict.FAILED])
        == points * (cases - 1) / cases
    )
    assert earned(points, []) == 0


def test_rounding_happens_once() -> None:
    assert as_number(sum([Fraction(1, 3)] * 3, Fraction(0))) == 1
    assert isinstance(as_number(Fraction(3)), int)
    assert as_number(Fraction(2, 3)) == 0.67


def test_the_verdict_on_a_check_is_that_of_its_first_failure() -> None:
    assert (
        overall_verdict([CheckVerdict.PASSED, CheckVerdict.TIMEOUT, CheckVerdict.FAILED])
        == CheckVerdict.TIMEOUT
    )
    assert overall_verdict([CheckVerdict.PASSED, CheckVerdict.PASSED]) == CheckVerdict.PASSED


def test_equal_submissions_have_equal_bytes(grade: Grading, right: str) -> None:
    wrong = right.replace("np.average", "np.sum")
    first = grade(wrong)
    grade(right)
    assert grade(wrong).to_json() == first.to_json()


def test_a_grade_survives_being_written(grade: Grading) -> None:
    result = grade("def mean(x): raise ValueError('\\ud800')")
    assert Grade.from_json(result.to_json()) == result


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "There is no file tiny.py: the submission is empty"),
        ({"tiny.py": b""}, "it is empty"),
        ({"tiny.py": b"def mean(:\n"}, "line 1, can't be read as Python (SyntaxError"),
        ({"tiny.py": b"mean = \xff\x00"}, "can't be read as Python"),
        ({"tiny.py": b"mean = " + b"(" * 100_000}, "can't be read as Python"),
    ],
)
def test_what_can_not_be_read_has_a_sentence(
    tiny: Assignment, tmp_path: Path, files: dict[str, bytes], words: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    result = grade_submission(tmp_path, tiny)
    assert (result.verdict, result.score, len(result.checks)) == (SubmissionVerdict.UNREADABLE, 0, 4)
    assert words in result.feedback
    assert {c.feedback for c in result.checks} == {""}


def test_files_left_out_are_named(tiny: Assignment, tmp_path: Path, right: str) -> None:
    (tmp_path / "tiny.py").write_text(right)
    (tmp_path / "link").symlink_to("/etc/passwd")
    result = grade_submission(tmp_path, tiny)
    assert result.score == 7
    assert result.feedback == "'link' was left out: it is a link."
