"""A student's folder as working directory: nothing in it is run, and it is no course."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment

#: Modules that Python, multiprocessing, the grader and pytest import early.
NAMES = (
    "multiprocessing",
    "numpy",
    "msgpack",
    "pickle",
    "threading",
    "click",
    "rich",
    "pytest",
    "matplotlib",
)
INTRUDER = "import os\nopen(os.path.join(os.path.dirname(__file__), 'RAN'), 'a').write(__name__ + '\\n')\n"

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def students(tmp_path: Path, right: str) -> Path:
    """A class of one, whose folder holds modules that leave a mark where they run."""
    folder = tmp_path / "class" / "mallory"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(right)
    for name in NAMES:
        (folder / f"{name}.py").write_text(INTRUDER)
    return folder


def in_folder(folder: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the command where somebody stands in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, arguments)],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_there_is_run(students: Path, tiny: Assignment, tmp_path: Path) -> None:
    """The course is named by a link: the class lies in it, as a course's folder may."""
    (tmp_path / "solutions").symlink_to(tiny.folder.parent)
    done = in_folder(students, "grade", "..", "--assignment", "tiny", "--out", tmp_path / "out", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert "1 graded" in done.stdout
    assert (tmp_path / "out" / "scores.png").is_file()
    assert not (students / "RAN").exists(), (students / "RAN").read_text()


@pytest.mark.parametrize("above", [False, True], ids=["of a student", "a student called solutions"])
def test_a_course_among_the_submissions_is_refused(
    above: bool, students: Path, tiny: Assignment, tmp_path: Path
) -> None:
    place = students.parent if above else students
    topic = place / "solutions" / "tiny"
    topic.mkdir(parents=True)
    (topic / "tiny.py").write_text(tiny.reference.read_text())
    (topic / "test_tiny.py").write_text(f"{INTRUDER}\n{tiny.checks.read_text()}")
    done = in_folder(place, "grade", students.parent, "--assignment", "tiny", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "lies among the submissions" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (topic / "RAN").exists()
    assert not (tmp_path / "out").exists()
