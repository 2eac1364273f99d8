"""A course of one small topic, `tiny`, with public and hidden checks and a bank of mistakes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import Grade, grade_submission

REFERENCE = '''\
"""Means, by hand."""

import numpy as np


def mean(x):
    """Return the mean of x."""
    ### BEGIN SOLUTION
    return float(np.sum(x) / x.size)
    ### END SOLUTION


def spread(x):
    """Return the mean squared distance from the mean."""
    ### BEGIN SOLUTION
    centre = np.sum(x) / x.size
    return float(np.sum((x - centre) ** 2) / x.size)
    ### END SOLUTION
'''

CHECKS = '''\
import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean(student):
    """The mean of three"""
    assert student.mean(np.array([1.0, 2.0, 6.0])) == 3.0, "not the mean, but 3.14159265"


@pytest.mark.points(1)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_thirds(student, n):
    """Three thirds"""
    assert student.mean(np.full(4, n)) == n


@pytest.mark.points(1)
def test_spread(student, rng):
    """The spread of many"""
    x = rng.normal(size=20)
    assert student.spread(x) == pytest.approx(np.var(x))


### BEGIN HIDDEN TESTS
@pytest.mark.points(3)
@pytest.mark.parametrize("n", [731], ids=["parameter-424242"])
def test_secret(student, n):
    """A hidden check"""
    value = student.mean(np.array([n + 0.5, n + 0.5]))
    assert value == n + 0.5, f"EXPECTED {n}.5 and got {value}"
### END HIDDEN TESTS
'''

BANK = """\
from autograder.variants import edit, misconception

misconception(
    "sum-for-mean",
    hint="How does the result change when every entry is there twice?",
    edits=[
        edit("mean", "np.sum(x) / x.size", "np.sum(x)"),
        edit("spread", "/ x.size)", "* 1.0)"),
    ],
)
misconception(
    "mean-of-two",
    hint="Does the number of entries matter?",
    edits=[edit("mean", "/ x.size", "/ 2")],
)
"""

RIGHT = """\
import numpy as np

def mean(x):
    return float(np.average(x))

def spread(x):
    return float(np.var(x))
"""


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave the user's cache alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    folder = tmp_path_factory.mktemp("course") / "solutions" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(REFERENCE)
    (folder / "test_tiny.py").write_text(CHECKS)
    (folder / "misconceptions.py").write_text(BANK)
    return find_assignment("tiny", folder.parent.parent)


@pytest.fixture
def grade(tiny: Assignment, tmp_path: Path) -> Callable[[str], Grade]:
    """Grades a module's text as the submission of a student named `ada`."""

    def graded(source: str) -> Grade:
        folder = tmp_path / "ada"
        folder.mkdir(exist_ok=True)
        (folder / "tiny.py").write_text(source)
        return grade_submission(folder, tiny)

    return graded


@pytest.fixture
def right() -> str:
    """A submission that is all right."""
    return RIGHT
