"""At home, too, each reason is told once, in the words of the grade."""

import subprocess
import sys
from pathlib import Path

CHECKS = '''
import numpy as np
import pytest
from autograder.checks import assert_close

@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["half", "whole", "twice"])
def test_all(student, name):
    """Three functions"""
    assert_close(getattr(student, name)(3.0), {"half": 1.5, "whole": 3.0, "twice": 6.0}[name], what="it")

@pytest.mark.points(1)
def test_stored(student):
    """What is kept"""
    config = {}
    student.keep(config)
    assert_close(config["t"], 1)

@pytest.mark.points(1)
def test_shape(student):
    """What has a shape"""
    out = student.half(2.0)
    assert len(out) == 1
'''
WORK = """\
def half(x):
    return 4.0

def whole(x):
    raise NotImplementedError("write me")

def twice(x):
    return 4.5

def keep(config):
    config["T"] = 1
"""


def said(folder: Path, work: str) -> str:
    (folder / "test_work.py").write_text(CHECKS)
    (folder / "work.py").write_text(work)
    command = [sys.executable, "-m", "autograder", "check", str(folder)]
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=False).stdout.split())


def test_each_reason_is_told_with_its_cases(tmp_path: Path) -> None:
    text = said(tmp_path, WORK)
    assert "[half and twice; here half] it should be 1.5, but it is 4" in text
    assert "keep, work.py line 10: config has no 't'; your code should have put it there" in text
    assert (
        "The check can't use what your code gave in `len(out)`: out is a single number (TypeError: " in text
    )


def test_an_exception_is_told_as_in_the_grade(tmp_path: Path) -> None:
    text = said(tmp_path, WORK.replace("return 4.5", "return 1 / 0"))
    assert "[twice] Your code raised ZeroDivisionError: division by zero (twice, work.py line 8)" in text
