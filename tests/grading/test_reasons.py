"""Of several failing cases every different reason is told once; of hidden ones nothing that they hold."""

from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submission

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
