"""`autograder check`: what to put right first, what else fails, the points."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.home.heed import HEED_CTRL_C

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


def check(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "autograder", "check", str(folder), *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **variables}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment
    )


def words(text: str) -> str:
    """Text without its line breaks and indents."""
    return " ".join(text.split())


def test_it_prints_the_text_of_the_gradient_check(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=1) + LATER)
    result = check(folder)
    assert result.returncode == 1
    assert "✗ Fix this first: square, work.py line 1\n      def square(x):\n  dx is wrong" in result.stdout
    assert "Every entry is 0.5 times the slope: either the gradient or the function" in words(result.stdout)
    assert "Last call: square(x of shape (3,))" in words(result.stdout)
    assert "Again: autograder check test_square" in words(result.stdout)
    assert "Traceback" not in result.stdout + result.stderr


def test_lines_end_at_80_columns_and_between_words(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=1) + LATER)
    lines = check(folder).stdout.splitlines()
    assert max(map(len, lines)) <= 80


def test_the_call_to_paste_gives_what_the_check_saw(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=1) + LATER)
    said = check(folder).stdout
    lines = said.partition("To see it yourself:\n")[2].partition("  Again:")[0].splitlines()
    *imports, call = map(str.strip, lines)
    program = "\n".join([*imports, f"print({call})"])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, check=True
    )
    assert words(done.stdout) == "(np.float64(14.0), array([ 1., -2., 3.]))"


def test_an_exception_is_placed_in_the_students_file(folder: Path) -> None:
    (folder / "work.py").write_text("def square(x):\n    return missing\n" + LATER)
    said = check(folder).stdout
    assert "Fix this first: square, work.py line 2\n      return missing\n" in said
    assert "Your code raised NameError: name 'missing' is not defined" in words(said)


def test_a_forbidden_package_fails_as_when_graded(folder: Path) -> None:
    """Though it is installed here, and though pytest and its plugins may use it."""
    source = 'import scipy\n\nFORBIDDEN = ("scipy",)\n\ndef square(x):\n    return scipy.linalg.norm(x)\n'
    (folder / "work.py").write_text(source + LATER)
    said = words(check(folder).stdout)
    assert "AbsentPackageError: the package scipy may not be used" in said
    assert "square, work.py line 6" in said


def test_what_is_not_started_comes_next_and_is_not_wrong(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    result = check(folder)
    assert "Fix this first" not in result.stdout
    assert "To write next\n  later (work.py, line 4)" in result.stdout
    assert "· later   ░░░░░░░░░░  0 of 1  not started" in result.stdout
    assert result.returncode == 1


def test_all_is_well(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + "def later():\n    pass\n")
    (folder / "README.md").write_text("## The public checks: 3 of 10 points\n")
    result = check(folder)
    assert result.returncode == 0
    assert (
        "3 of the 3 public points; 7 more are for hidden checks, which try other shapes, settings and steps."
        in words(result.stdout)
    )


def test_a_file_that_is_not_there_is_a_sentence(folder: Path) -> None:
    result = check(folder)
    assert result.returncode == 1
    assert "there is no work.py beside the checks" in words(result.stdout)
    assert "Traceback" not in result.stderr


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
        "    assert student.square(np.ones(n))[1][0] == 2 + missing\n"
    )
    (folder / "test_work.py").write_text(CHECKS + "\n" + cases + body)
    (folder / "work.py").write_text(SQUARE.format(slope=1) + LATER)
    said = check(folder).stdout
    assert said.count("Fix this first") == 1
    assert "Check:     The gradient of a square (test_square)" in said
    assert words(said).count('work.py line 1: First make "The gradient of a square" pass.') == 1


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def square(x):\n    return (x\n", "work.py, line 2: no check can run return (x ^ SyntaxError"),
        ("def square(x):\n\tif x:\n        return 1\n", "TabError: inconsistent use of tabs"),
        ("import nothing_of_that_name_here\n", "line 1: no check can run import nothing_of_that_name_here"),
        ("1 / 0\n", "ZeroDivisionError: division by zero"),
    ],
    ids=["syntax", "tabs", "import", "error"],
)
def test_a_file_that_does_not_load_is_told_once_and_nothing_else(
    folder: Path, source: str, told: str
) -> None:
    (folder / "work.py").write_text(source)
    result = check(folder)
    assert told in words(result.stdout)
    assert "Points" not in result.stdout
    assert result.stdout.count("work.py") == 1
    assert result.returncode == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("os._exit(3)", "Your code ended Python itself, with status 3; take that out."),
        ("ctypes.string_at(0)", "Python itself broke down while this ran (SIGSEGV)."),
    ],
    ids=["leaves", "breaks down"],
)
def test_what_ends_python_costs_its_own_check_only(folder: Path, line: str, told: str) -> None:
    source = f"import ctypes, os\n\ndef square(x):\n    {line}\n\ndef later():\n    pass\n"
    (folder / "work.py").write_text(source)
    said = check(folder).stdout
    assert f"Fix this first: square, work.py line 4\n      {line}\n" in said
    assert told in words(said)
    assert "✓ later   ██████████  1 of 1" in said


def test_what_ends_python_when_the_file_is_executed(folder: Path) -> None:
    (folder / "work.py").write_text("import os\n\nos._exit(0)\n")
    result = check(folder)
    assert "✗ work.py, line 3: no check can run\n      os._exit(0)\n" in result.stdout
    assert "Your code ended Python itself, with status 0" in words(result.stdout)
    assert result.returncode == 1


def test_cases_that_did_not_run_bring_no_points(folder: Path) -> None:
    cases = '\n@pytest.mark.points(3)\n@pytest.mark.parametrize("n", ["one", "two", "three"])\n'
    body = 'def test_cases(student, n):\n    """Cases"""\n    student.square(np.ones(2))\n'
    (folder / "test_work.py").write_text(CHECKS + cases + body)
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    said = words(check(folder, "-k", "three").stdout)
    assert "1 of the 1 points of the checks that ran; all public checks: 6" in said


def test_prints_are_shown_with_the_check_that_fails(folder: Path) -> None:
    (folder / "work.py").write_text(
        "def square(x):\n    print('the slope is', x)\n    return missing\n\n"
        "def later():\n    print('quiet')\n"
    )
    said = check(folder).stdout
    assert "It printed:\n      the slope is [ 1. -2.  3.]\n" in said
    assert "quiet" not in said


def test_a_breakpoint_does_nothing_and_is_told_of(folder: Path) -> None:
    (folder / "work.py").write_text(
        SQUARE.format(slope=1).replace("    return", "    breakpoint()\n    return") + LATER
    )
    note = "Note: breakpoint() in square, work.py line 2 was passed; to stop there: python -m pytest -k"
    assert f"{note} test_square" in words(check(folder).stdout)


def test_a_function_or_a_check_alone(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    for arguments in (("square",), ("test_square",), ("-k", "square")):
        result = check(folder, *arguments)
        assert "later" not in result.stdout
        assert "2 of the 2 points of the checks that ran; all public checks: 3" in result.stdout
        assert result.returncode == 0
    result = check(folder, "sqare")
    assert (result.returncode, result.stdout) == (2, "")
    assert "no check fits sqare" in result.stderr


def test_a_function_that_only_hidden_checks_look_at(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER + "\n\ndef other():\n    return 1\n")
    assert "no public check looks at other" in check(folder, "other").stderr


def test_by_the_name_of_the_file(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    assert "2 of the 3 public points" in check(folder / "work.py").stdout


def test_foreign_settings_of_pytest_change_nothing(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (folder / "conftest.py").write_text("raise SystemExit('not wanted')\n")
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    said = check(folder, PYTEST_ADDOPTS="--collect-only", PYTEST_PLUGINS="no_such_plugin").stdout
    assert "2 of the 3 public points" in said


def test_signs_that_a_terminal_can_show(folder: Path) -> None:
    (folder / "work.py").write_text(SQUARE.format(slope=2) + LATER)
    said = check(folder, PYTHONIOENCODING="ascii").stdout
    assert "+ square  ##########  2 of 2" in said
    assert ". later   ----------  0 of 1  not started" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_says_where_it_was(folder: Path) -> None:
    (folder / "work.py").write_text(
        "def square(x):\n    open('runs', 'w').close()\n    while True:\n        pass\n" + LATER
    )
    command = [sys.executable, "-c", HEED_CTRL_C, "-m", "autograder", "check", str(folder)]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
    )
    while not (folder / "runs").exists() and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said, errors = running.communicate()
    assert "Interrupted in square, work.py line" in said
    assert running.returncode == 130
    assert "Traceback" not in errors
