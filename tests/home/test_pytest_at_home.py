"""What a student sees who runs `pytest`: verdicts, points, and the same chance every time."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.verdicts import CheckVerdict

ALPHA = """
from __future__ import annotations

import random
from dataclasses import dataclass

import helper
import numpy as np

calls = []


@dataclass
class Setting:
    rate: float = 0.5


def count():
    calls.append(1)
    return len(calls)


def which():
    return helper.NAME


def by_chance():
    return random.random(), float(np.random.random())


def placeholder():
    raise NotImplementedError("write this")


def greedy():
    raise MemoryError


def impatient():
    raise SystemExit


def wrong():
    return 1
"""

CHECKS = '''
import json
from pathlib import Path

import pytest


@pytest.mark.points(2)
def test_fresh(student):
    """The module is fresh"""
    assert student.count() == 1


@pytest.mark.points(2)
def test_fresh_again(student):
    """It is fresh again"""
    assert student.count() == 1


@pytest.mark.points(1)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_thirds(student, n):
    """Three cases"""
    assert n != 2


@pytest.mark.points(0.1)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_tenth(student, n):
    """A tenth in three parts"""


@pytest.mark.points(1)
def test_placeholder(student):
    """Not started yet"""
    student.placeholder()


@pytest.mark.points(1)
def test_lacking(student):
    """A lacking function"""
    student.lacking()


@pytest.mark.points(1)
def test_memory(student):
    """Too much memory"""
    student.greedy()


@pytest.mark.points(1)
def test_wrong(student):
    """A wrong answer"""
    assert student.wrong() == 2


@pytest.mark.points(1)
def test_neighbour(student):
    """The neighbour is the own one"""
    assert student.which() == Path(__file__).parent.name


@pytest.mark.points(1)
def test_dataclass(student):
    """Data classes work"""
    assert student.Setting().rate == 0.5


@pytest.mark.points(1)
@pytest.mark.parametrize("n", [1, 2])
def test_chance(student, rng, n):
    """Chance is fixed"""
    with Path(__file__).with_name("draws.txt").open("a") as file:
        file.write(json.dumps([n, rng.random(), *student.by_chance()]) + "\\n")


def test_without_points(student):
    """No points, no line in the summary"""
'''

SUMMARY = """\
passed             2/2  The module is fresh
passed             2/2  It is fresh again
failed        0.6667/1  Three cases
passed         0.1/0.1  A tenth in three parts
not started        0/1  Not started yet
missing            0/1  A lacking function
memory             0/1  Too much memory
failed             0/1  A wrong answer
passed             1/1  The neighbour is the own one
passed             1/1  Data classes work
passed             1/1  Chance is fixed
"""


def topic(course: Path, name: str, source: str | None, checks: str = CHECKS) -> Path:
    folder = course / name
    folder.mkdir(parents=True)
    if source is not None:
        (folder / f"{name}.py").write_text(source)
    (folder / f"test_{name}.py").write_text(checks)
    (folder / "helper.py").write_text(f"NAME = {name!r}\n")
    return folder


def run(folder: Path) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--import-mode=importlib"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    return done.stdout + done.stderr


def summary(said: str) -> str:
    return re.search(r"=+ points =+\n(.*)", said, re.DOTALL)[1]  # type: ignore[index]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    topic(folder, "alpha", ALPHA)
    topic(folder, "beta", ALPHA)
    return folder


def test_verdicts_and_points(course: Path) -> None:
    said = run(course / "alpha")
    assert summary(said).startswith(SUMMARY + "7.767 of 12.1 points of the checks that ran\n")
    assert "write this" in said  # the traceback is that of the student's own code


def test_two_topics_from_above(course: Path) -> None:
    """Functions and helpers of equal names in both; draws that depend on the test's name alone."""
    said = summary(run(course))
    assert said.startswith(SUMMARY + SUMMARY + "15.53 of 24.2 points")
    alpha, beta = ((course / name / "draws.txt").read_text() for name in ("alpha", "beta"))
    one, two = beta.splitlines()
    assert one != two
    assert set(alpha.splitlines()) == {one, two}


SHORT = """
import pytest

@pytest.mark.points(3)
@pytest.mark.parametrize("n", [1, 2])
def test_one(student, n):
    \"\"\"The check of {name}\"\"\"
    student.f()
"""

PEEK = """
import pytest

@pytest.mark.points(1)
def test_peek(reference):
    \"\"\"The check that peeks\"\"\"
"""

#: What can be wrong with a module as a whole, and the verdict on its checks.
UNLOADABLE = {
    "absent": (None, CheckVerdict.CRASHED, r"there is no file absent\.py in .*; put it beside the checks"),
    "garbled": ("def f(:\n", CheckVerdict.CRASHED, "SyntaxError"),
    "leaving": ("import sys\nsys.exit('bye')\n", CheckVerdict.CRASHED, "SystemExit: bye"),
    "raising": ("1 / 0\n", CheckVerdict.FAILED, "ZeroDivisionError"),
    "untouched": ("raise NotImplementedError\n", CheckVerdict.NOT_STARTED, "NotImplementedError"),
}


@pytest.fixture(scope="module")
def said_of_unloadable(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("unloadable")
    for name, (source, _, _) in UNLOADABLE.items():
        topic(folder, name, source, SHORT.format(name=name))
    topic(folder, "peeking", "", PEEK)
    return run(folder)


@pytest.mark.parametrize("name", UNLOADABLE)
def test_a_module_that_can_not_be_loaded(said_of_unloadable: str, name: str) -> None:
    _, verdict, words = UNLOADABLE[name]
    assert re.search(words, said_of_unloadable)
    assert f"{verdict:<12}       0/3  The check of {name}\n" in summary(said_of_unloadable)


def test_the_reference_is_not_for_students(said_of_unloadable: str) -> None:
    assert "the fixture `reference` is for hidden checks" in said_of_unloadable
    assert "0/1  The check that peeks\n" in summary(said_of_unloadable)
