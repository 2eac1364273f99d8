"""`autograder check` in a folder of several topics."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = '''
import pytest

@pytest.mark.points(2)
def test_{name}(student):
    """Name {name}"""
    assert student.{name}() == 1
'''
WRITTEN = "def {name}():\n    return {value}\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    values = {"right": "1", "wrong": "2", "worse": "3", "later": "1"}
    for name, value in values.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"test_{name}.py").write_text(CHECK.format(name=name))
        (tmp_path / name / f"{name}.py").write_text(WRITTEN.format(name=name, value=value))
    (tmp_path / "later" / "later.py").write_text("def later():\n    raise NotImplementedError\n")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "test_of_my_own.py").write_text("raise SystemExit\n")
    return tmp_path


def check(course: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    command = [sys.executable, "-m", "autograder", "check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=course)


def test_a_line_for_each_topic_and_one_thing_to_put_right(course: Path) -> None:
    done = check(course)
    assert done.returncode == 1
    assert "✓ right  ██████████  2 of 2 public points" in done.stdout
    assert "✗ wrong  ░░░░░░░░░░  0 of 2 public points" in done.stdout
    assert "· later  ░░░░░░░░░░  0 of 2 public points  not started" in done.stdout
    assert done.stdout.count("Fix this first") == 1
    assert "scripts" not in done.stdout


def test_a_name_finds_its_topic(course: Path) -> None:
    done = check(course, "wrong")  # a folder
    assert "Topics" not in done.stdout
    (course / "wrong").rename(course / "renamed")
    done = check(course, "wrong")  # a function in one of the topics
    assert "Fix this first: wrong, wrong.py line 1" in done.stdout
    done = check(course, "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no check fits nothing" in done.stderr


def test_one_that_does_not_load_spoils_no_other(course: Path) -> None:
    (course / "right" / "right.py").write_text("def right(:\n")
    done = check(course)
    assert "✗ right  ░░░░░░░░░░  no check can run" in done.stdout
    assert "✗ wrong  ░░░░░░░░░░  0 of 2 public points" in done.stdout
    assert "right.py, line 1: no check can run" in done.stdout
