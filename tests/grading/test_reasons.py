"""Of several failing cases every different reason is told once; of hidden ones nothing that they hold."""

from fractions import Fraction
from pathlib import Path

import pytest

from autograder.answers import Answers, missing_name, promises_in
from autograder.checkspec import CheckSpec
from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submission
from autograder.grading.feedback import rationale_text
from autograder.grading.run_checks import Case
from autograder.verdicts import StudentTimeoutError, verdict_of

REFERENCE = '''\
"""Two functions."""

import numpy as np


def half(x: float) -> float:
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION


def twice(x: float) -> float:
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


def store(d):
    ### BEGIN SOLUTION
    d["mean"] = np.ones(2)
    ### END SOLUTION
'''
CASES = '[("half", 0.5), ("half", 1.5), ("twice", 4.0), ("twice", 424242.0)]'
RIGHT = '{"half": x / 2, "twice": 2 * x}[name]'
CHECKS = f'''\
import numpy as np
import pytest
from autograder.checks import assert_close


@pytest.mark.points(4)
@pytest.mark.parametrize(("name", "x"), {CASES}, ids=["quarter", "three", "eight", "much"])
def test_public(student, name, x):
    """half and twice"""
    assert_close(getattr(student, name)(x), {RIGHT}, what=name)


@pytest.mark.points(1)
def test_stored(student):
    """store: keeps the mean"""
    d = {{}}
    student.store(d)
    assert_close(d["mean"], np.ones(2), what="the mean")


### BEGIN HIDDEN TESTS
@pytest.mark.points(4)
@pytest.mark.parametrize(("name", "x"), {CASES})
def test_secret(student, name, x):
    """half and twice of other numbers"""
    value = getattr(student, name)(x)
    assert value == {RIGHT}


@pytest.mark.points(1)
def test_length(student):
    """half: of anything"""
    assert len(student.half(np.ones(3))) == 3
### END HIDDEN TESTS
'''
SUBMISSION = """\
def half(x):
    raise NotImplementedError

def twice(x):
    return 3.0 * x

def store(d):
    pass
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    folder = tmp_path_factory.mktemp("course") / "solutions" / "parts"
    folder.mkdir(parents=True)
    (folder / "parts.py").write_text(REFERENCE)
    (folder / "test_parts.py").write_text(CHECKS)
    (folder / "misconceptions.py").write_text("")
    return find_assignment("parts", folder.parent.parent)


def texts(course: Assignment, folder: Path, source: str) -> dict[str, str]:
    (folder / "parts.py").write_text(source)
    return {check.id: check.feedback for check in grade_submission(folder, course, seed=0).checks}


def test_each_reason_is_told_with_its_cases(course: Assignment, tmp_path: Path) -> None:
    said = texts(course, tmp_path, SUBMISSION)
    assert said["test_public"] == (
        "0 of 4 cases pass. "
        "In cases quarter and three: Not started: the placeholder is still there "
        "(line 2 of parts.py, in half). "
        "In cases eight and much (here eight): twice should be 8, but it is 12."
    )
    assert said["test_secret"] == (
        "0 of 4 cases pass. "
        "In 2 of 4 cases: Not started: the placeholder is still there (line 2 of parts.py). "
        "In 2 of 4 cases: This hidden check failed: "
        "look at twice (line 4 of parts.py)."
    )
    assert said["test_stored"] == "d has no 'mean'; your code should have put it there."


def test_what_a_check_stumbles_over_is_told_as_an_answer(course: Assignment, tmp_path: Path) -> None:
    source = "def half(x): return x / 2\ndef twice(x): return 2 * x\ndef store(d): d['mean'] = len\n"
    said = texts(course, tmp_path, source)
    assert said["test_public"] == said["test_secret"] == said["test_length"] == "Passed."
    assert (
        said["test_stored"]
        == "the mean should be real numbers, but it is of type builtin_function_or_method."
    )
    said = texts(course, tmp_path, source.replace("x / 2", "0.6"))
    assert said["test_public"] == (
        "2 of 4 cases pass. In cases quarter and three (here quarter): half should be 0.25, but it is 0.6."
    )
    assert said["test_secret"] == (
        "2 of 4 cases pass. This hidden check failed: look at half (line 1 of parts.py)."
    )
    assert said["test_length"].endswith("failed: look at half (line 1 of parts.py).")


def case(number: int, error: BaseException, *, hidden: bool = False) -> Case:
    answers = Answers(promises_in("def half(x): ...\n"))
    return Case(
        CheckSpec("test_it", "Half", Fraction(1), hidden),
        f"test_it[{'abcdefgh'[number]}]",
        number,
        "",
        verdict=verdict_of(error),
        error=error,
        message=f"{type(error).__name__}: {error}",
        answers=answers,
    )


def test_no_more_reasons_are_told_than_one_reads() -> None:
    cases = [case(i, AssertionError(f"{name} is wrong")) for i, name in enumerate("ABCDEF")]
    assert rationale_text("parts", cases) == (
        "0 of 6 cases pass. In case a: A is wrong. In case b: B is wrong. In case c: C is wrong. "
        "In case d: D is wrong. 2 more cases fail in other ways."
    )
    assert rationale_text("parts", cases[:5]).endswith("1 more case fails in other ways.")
    long = [case(i, AssertionError(name * 5000)) for i, name in enumerate("ABCDEF")]
    assert len(rationale_text("parts", long)) < 4100


@pytest.mark.parametrize("hidden", [False, True])
def test_a_stop_names_the_function_also_in_a_hidden_check(hidden: bool) -> None:
    error = StudentTimeoutError("half was still running; does a loop in it never end?")
    assert rationale_text("parts", [case(0, error, hidden=hidden)]) == (
        "Your code was stopped for taking too long: half was still running; does a loop in it never end?"
    )


def test_a_hidden_check_names_what_is_missing_if_the_assignment_asks_for_it() -> None:
    asked = missing_name("parts", "half", {"hallf"}, {"half"})
    said = rationale_text("parts", [case(0, asked, hidden=True)])
    assert said == "parts.py has no half; you have hallf."
    other = missing_name("parts", "secret", (), ())
    assert "secret" not in rationale_text("parts", [case(0, other, hidden=True)])
