"""The second topic by other ways: zips, nbgrader as a program of its own, settings that don't fit."""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.grading.result import Grade

from .conftest import ROOT, STUDENTS, TOPIC, Course, autograder, copy_of

pytestmark = pytest.mark.unmeasured

MEMBERS = {"ada": "reference", "bob": "os-exit", "cem": "skeleton"}


def program(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run nbgrader as a person does."""
    nbgrader = Path(sys.executable).with_name("nbgrader")
    return subprocess.run(
        [nbgrader, *arguments], cwd=folder, capture_output=True, text=True, check=False, env=os.environ
    )


@pytest.fixture(scope="module")
def released(collected: Course) -> Course:
    """Both topics are released, and one student has handed in."""
    course = copy_of(collected, "released")
    for student in STUDENTS.keys() - {"reference"}:
        shutil.rmtree(course.folder / "submitted" / student)
    return course


@pytest.fixture(scope="module")
def downloaded(released: Course) -> Course:
    """The course, with zips of the losses that some platform let download, collected."""
    course = copy_of(released, "downloaded")
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write(
            r"c.FileNameCollectorPlugin.named_regexp = r'.*/(?P<student_id>[^/]+)/losses/(?P<file_id>.+)'"
        )
    archive = course.folder / "downloaded" / "losses" / "archive"
    archive.mkdir(parents=True)
    release = course.folder / "release" / "losses"
    for student, kind in MEMBERS.items():
        with zipfile.ZipFile(archive / f"{student}.zip", "w") as file:
            file.write(release / "losses.ipynb", f"{student}/losses/losses.ipynb")
            file.writestr(f"{student}/losses/losses.py", _module(kind, release))
    course.nbgrader("zip_collect", "losses", "--force")
    return course


def _module(kind: str, release: Path) -> str:
    text = (
        (release / "losses.py").read_text()
        if kind == "skeleton"
        else (ROOT / "solutions/losses/losses.py").read_text()
    )
    return (
        text + "\n\ndef l1_penalty(W, strength):\n    import os\n\n    os._exit(0)\n"
        if kind == "os-exit"
        else text
    )


def test_zip_collect_brings_the_module_along(downloaded: Course) -> None:
    for student in MEMBERS:
        held = {path.name for path in (downloaded.folder / "submitted" / student / "losses").iterdir()}
        assert {"losses.py", "losses.ipynb"} <= held


@pytest.mark.long
def test_both_programs_give_the_same_scores(downloaded: Course) -> None:
    fast = copy_of(downloaded, "downloaded-fast")
    result = autograder("grade", "--from", "nbgrader", fast.folder, "--assignment", "losses", "--jobs", 1)
    assert result.exit_code == 0, result.output
    ran = program(downloaded.folder, "autograde", "losses")
    assert ran.returncode == 0, ran.stderr
    lines = downloaded.export()
    for student in MEMBERS:
        assert downloaded.scores(student, "losses") == fast.scores(student, "losses")
        text = (fast.folder / "autograder-grades/losses" / student / "grade.json").read_text()
        assert text == (downloaded.folder / "autograder-grades/losses" / student / "grade.json").read_text()
        line = lines["losses", student]
        assert round(float(line["raw_score"]), 2) == Grade.from_json(text).score
    scores = {student: Grade.from_json(_grade(fast, student)).score for student in MEMBERS}
    assert scores["ada"] == 100
    assert 0 < scores["bob"] < 100
    assert scores["cem"] == 0
    with (fast.folder / "autograder-grades/losses/grades.csv").open() as file:
        assert len(list(csv.DictReader(file))) == len(MEMBERS)


def _grade(course: Course, student: str) -> str:
    return (course.folder / "autograder-grades/losses" / student / "grade.json").read_text()


@pytest.fixture
def own(released: Course, tmp_path: Path) -> Course:
    shutil.copytree(released.folder, tmp_path / "own")
    return Course(tmp_path / "own")


def test_solutions_that_have_moved_are_one_line(own: Course) -> None:
    config = own.folder / "nbgrader_config.py"
    lines = [line for line in config.read_text().splitlines() if not line.startswith("configure(")]
    config.write_text("\n".join([*lines, "configure(c, __file__, course='../nowhere')"]))
    log = own.nbgrader("autograde", TOPIC, status=1)
    assert "there is no folder solutions/ in" in log
    assert "nbgrader_config.py" in log
    assert "Traceback" not in log
    assert not (own.folder / "autograded").exists()


def test_a_topic_that_the_course_has_not_is_one_line(own: Course) -> None:
    shutil.copytree(own.folder / f"submitted/reference/{TOPIC}", own.folder / "submitted/reference/essay")
    _here(own)
    log = own.nbgrader("autograde", "essay", status=1)
    assert "there is no assignment 'essay' in this course" in log
    assert "Traceback" not in log


def test_a_release_of_other_checks_is_one_line(own: Course) -> None:
    _here(own)
    shutil.copy(own.folder / "release/losses/losses.ipynb", own.folder / f"release/{TOPIC}/{TOPIC}.ipynb")
    log = own.nbgrader("autograde", TOPIC, status=1)
    assert "are not those that" in log
    assert "Traceback" not in log


def _here(course: Course) -> None:
    config = course.folder / "nbgrader_config.py"
    config.write_text(config.read_text() + f"\nconfigure(c, __file__, course={str(ROOT)!r})\n")


def test_without_the_grader_nbgrader_runs_nothing(own: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would go on without these settings, and run students' code itself."""
    monkeypatch.setitem(sys.modules, "autograder.platforms.nbgrader", None)
    log = own.nbgrader(
        "autograde", TOPIC, status="the grader is missing: pip install 'dl-autograder[instructor]'"
    )
    assert "Traceback" not in log
    assert not (own.folder / "autograded").exists()
