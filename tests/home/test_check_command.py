"""`autograder check`: why a check fails, in the words of the check."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = '''
import numpy as np
import pytest
from autograder import assert_gradient

@pytest.mark.points(2)
def test_square(student):
    """The gradient of a square"""
    x = np.array([1.0, -2.0, 3.0])
    assert_gradient(student.square.over(0, x, output=0), x, student.square(x)[1], name="dx")

@pytest.mark.points(1)
def test_later(student):
    """What is to come"""
    student.later()
'''
SQUARE = "def square(x):\n    return (x * x).sum(), {slope} * x\n"
LATER = "def later():\n    raise NotImplementedError('write me')\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test_work.py").write_text(CHECKS)
    return tmp_path


def check(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "autograder", "check", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_prints_the_text_of_the_gradient_check(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=1) + LATER)
    result = check(folder)
    assert result.returncode == 1
    assert "The gradient of a square\n  dx is wrong" in result.stdout
    assert "Every entry is 0.5 times the slope: either the gradient or the function" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_an_exception_is_placed_in_the_students_file(folder: Path) -> None:
    (folder / "work.py").write_text("def square(x):\n    return missing\n" + LATER)
    assert "NameError (line 2 of work.py, in square)" in check(folder).stdout


def test_a_forbidden_package_fails_as_when_graded(folder: Path) -> None:
    """Though it is installed here, and though pytest and its plugins may use it."""
    source = 'import scipy\n\nFORBIDDEN = ("scipy",)\n\ndef square(x):\n    return scipy.linalg.norm(x)\n'
    (folder / "work.py").write_text(source + LATER)
    said = check(folder).stdout
    assert "AbsentPackageError (line 6 of work.py, in square): the package scipy may not be used" in said


def test_what_is_not_started_is_only_listed(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    result = check(folder)
    assert "what is wrong" not in result.stdout
    assert "not started" in result.stdout
    assert result.returncode == 1


def test_all_is_well(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + "def later():\n    pass\n")
    result = check(folder)
    assert result.returncode == 0
    assert "3 of 3 points" in result.stdout


def test_a_folder_without_checks(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "there are no checks" in result.stderr


def test_a_check_that_depends_on_one_that_failed_sends_there(folder: Path) -> None:
    cases = (
        '@pytest.mark.points(1)\n@pytest.mark.after("test_square")\n@pytest.mark.parametrize("n", [2, 3])\n'
    )
    body = (
        'def test_more(student, n):\n    """More squares"""\n'
        "    assert student.square(np.ones(n))[1][0] == 2\n"
    )
    (folder / "test_work.py").write_text(CHECKS + "\n" + cases + body)
    (folder / "work.py").write_text(SQUARE.format(slope=1) + LATER)
    said = check(folder).stdout
    assert said.count('More squares\n  First make "The gradient of a square" pass.') == 1
    assert "More squares [" not in said
