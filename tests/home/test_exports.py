"""`autograder check --json` and `--junit`: the same as on the terminal, for programs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

CHECKS = '''
import pytest

@pytest.mark.points(3)
@pytest.mark.parametrize("x", [1, 2, 3])
def test_double(student, x):
    """Twice a number"""
    assert student.double(x) == 2 * x

@pytest.mark.points(2)
def test_half(student):
    """Half of a number"""
    assert student.half(4) == 2

@pytest.mark.points(1)
def test_later(student):
    """What is to come"""
    student.later()
'''
WORK = """
def double(x):
    print("twice \x1b[31m", x)
    return 4 if x < 3 else 6

def half(x):
    return x.half

def later():
    raise NotImplementedError
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test_work.py").write_text(CHECKS)
    (tmp_path / "work.py").write_text(WORK)
    return tmp_path


def check(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "autograder", "check", str(folder), *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_json_has_every_case_and_the_points(folder: Path) -> None:
    done = check(folder, "--json")
    assert done.returncode == 1
    (topic,) = json.loads(done.stdout)["topics"]
    assert (topic["topic"], topic["points"], topic["public_points"]) == ("work", 2, 6)
    assert topic["cannot_run"] is None
    double, half, later = topic["checks"]
    assert [case["verdict"] for case in double["cases"]] == ["failed", "passed", "passed"]
    assert (double["verdict"], double["points"]) == ("failed", 2)
    assert half["cases"][0]["place"] == {"function": "half", "line": 7, "source": "return x.half"}
    assert later["verdict"] == "not started"


def test_json_of_a_file_that_does_not_load(folder: Path) -> None:
    (folder / "work.py").write_text("def double(x:\n    return 2\n")
    (topic,) = json.loads(check(folder, "--json").stdout)["topics"]
    assert topic["cannot_run"]["line"] == 1
    assert "SyntaxError" in topic["cannot_run"]["why"]
    assert (topic["points"], topic["checks"]) == (0, [])


def test_junit_counts_what_failed_and_is_not_started(folder: Path) -> None:
    report = folder / "report.xml"
    done = check(folder, "--junit", str(report))
    assert "Fix this first" in done.stdout
    suite = Xml.parse(report).getroot().find("testsuite")
    assert suite is not None
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    places = [(test.get("file"), test.get("line")) for test in suite.iterfind("testcase[failure]")]
    assert places == [(str(folder / "work.py"), "2"), (str(folder / "work.py"), "7")]
    assert "\x1b" not in report.read_text()
    assert "twice \\x1b[31m" in report.read_text()


def test_junit_of_a_file_that_does_not_load(folder: Path) -> None:
    (folder / "work.py").write_text("import math\n\nmath.f()\n" + WORK)
    check(folder, "--junit", str(folder / "report.xml"))
    (test,) = Xml.parse(folder / "report.xml").getroot().iter("testcase")
    assert test.get("line") == "3"
    assert test.find("error") is not None


def test_junit_of_what_ends_python(folder: Path) -> None:
    (folder / "work.py").write_text(WORK.replace("return x.half", "import os; os._exit(3)"))
    check(folder, "--junit", str(folder / "report.xml"))
    (error,) = Xml.parse(folder / "report.xml").getroot().iter("error")
    assert "ended Python itself" in str(error.get("message"))


def test_they_are_not_for_watching(folder: Path) -> None:
    done = check(folder, "--watch", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "leave out --json and --junit" in done.stderr
