"""A course of one small topic, whose checks can be proven in seconds."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading.workers import local_workers

ROOT = Path(__file__).resolve().parents[2]

REFERENCE = '''"""Three small functions."""

import numpy as np


def scaled(x, factor=2.0):
    """The array times a factor."""
    return x * factor


def spread(x):
    """The root of the mean square, by columns."""
    print("thinking")
    return np.sqrt(np.mean(x * x, axis=0))


def picked(x, places):
    """The entries at some places."""
    return np.take(x, places)
'''

CHECKS = '''"""Checks of three small functions."""

import numpy as np
import pytest

from autograder.checks import assert_close


@pytest.mark.points(1)
def test_scaled_worked_example(student):
    """scaled: twice 1, 2 and 3"""
    assert_close(student.scaled(np.array([1.0, 2.0, 3.0])), np.array([2.0, 4.0, 6.0]))


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.parametrize("factor", [0.5, 3.0])
def test_scaled_by_any_factor(student, rng, factor):
    """scaled: other factors"""
    x = rng.standard_normal((2, 3))
    assert_close(student.scaled(x, factor), factor * x)


@pytest.mark.points(2)
def test_spread_of_columns(student, rng):
    """spread: of a matrix that is not square"""
    x = rng.standard_normal((4, 3))
    assert_close(student.spread(x), np.sqrt((x**2).sum(axis=0) / 4))


@pytest.mark.points(1)
def test_picked(student):
    """picked: the last and the first"""
    assert_close(student.picked(np.array([0.5, 1.5, 2.5]), np.array([2, 0])), np.array([2.5, 0.5]))


### END HIDDEN TESTS
'''

BANK = '''"""Variants of three small functions."""

from autograder.variants import correct, edit, misconception

ROOT = "np.sqrt(np.mean(x * x, axis=0))"

misconception("factor-ignored", hint="Who uses it?", edits=[edit("scaled", "x * factor", "x * 2.0")])
misconception("other-default", hint="By how much?", edits=[edit("scaled", "factor=2.0", "factor=1.0")])
misconception("root-forgotten", hint="Squares?", edits=[edit("spread", ROOT, "np.mean(x * x, axis=0)")])
correct("as-list", edits=[edit("picked", "np.take(x, places)", "list(np.take(x, places))")])
'''

BATTERY = '''"""Inputs for three small functions."""

from autograder.proof import equivalent

EQUIVALENT = []


def probe_scaled(student, rng):
    student.scaled(rng.standard_normal(5))
    student.scaled(rng.standard_normal((3, 2)), 0.1)


def probe_spread(student, rng):
    student.spread(rng.standard_normal((5, 2)))


def probe_picked(student, rng):
    student.picked(rng.standard_normal(5), rng.integers(5, size=3))
'''

MakeTopic = Callable[..., Assignment]


@pytest.fixture
def make_topic(tmp_path: Path) -> MakeTopic:
    """Writes the topic, with texts of its files replaced: `checks={"old": "new"}`."""

    def make(**changes: dict[str, str]) -> Assignment:
        folder = tmp_path / "solutions" / "small"
        folder.mkdir(parents=True)
        (tmp_path / "solutions" / "README.md").write_text(
            "<!-- proof: this table is written by `make prove` -->\n<!-- end of proof -->\n"
        )
        names = {
            "reference": "small.py",
            "checks": "test_small.py",
            "bank": "misconceptions.py",
            "battery": "probes.py",
        }
        texts = {"reference": REFERENCE, "checks": CHECKS, "bank": BANK, "battery": BATTERY}
        for part, changed in changes.items():
            for old, new in changed.items():
                assert old in texts[part]
                texts[part] = texts[part].replace(old, new)
        for part, text in texts.items():
            (folder / names[part]).write_text(text)
        return find_assignment("small", tmp_path)

    return make


@pytest.fixture(scope="session")
def workers() -> Iterator[Executor]:
    with local_workers(2) as executor:
        yield executor
