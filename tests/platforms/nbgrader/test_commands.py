"""Other ways: zips, nbgrader as a program of its own, settings that don't fit."""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.grading.result import Grade

from .conftest import ROOT, TOPIC, Course, autograder, copy_of, made

MEMBERS = {"ada": "reference", "bob": "os-exit", "cem": "skeleton"}
#: Of each topic, the function that ends bob's process.
ENDS = {TOPIC: "he_init", "losses": "l1_penalty"}


def program(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run nbgrader as a person does."""
    nbgrader = Path(sys.executable).with_name("nbgrader")
    return subprocess.run(
        [nbgrader, *arguments], cwd=folder, capture_output=True, text=True, check=False, env=os.environ
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Both topics are released, and one student has handed in."""
    course = made(tmp_path_factory.mktemp("released") / "dl101")
    for topic in (TOPIC, "losses"):
        course.nbgrader("generate_assignment", topic)
    shutil.copytree(course.folder / "release" / TOPIC, course.folder / "submitted" / "reference" / TOPIC)
    return course


@pytest.fixture(scope="module", params=[TOPIC, pytest.param("losses", marks=pytest.mark.long)])
def topic(request: pytest.FixtureRequest) -> str:
    """The topic that is handed in as zips."""
    return request.param


@pytest.fixture(scope="module")
def downloaded(released: Course, topic: str) -> Course:
    """The course, with zips of the topic that some platform let download, collected."""
    course = copy_of(released, f"downloaded-{topic}")
    shutil.rmtree(course.folder / "submitted")
    with (course.folder / "nbgrader_config.py").open("a") as config:
        pattern = rf".*/(?P<student_id>[^/]+)/{topic}/(?P<file_id>.+)"
        config.write(f"c.FileNameCollectorPlugin.named_regexp = {pattern!r}")
    archive = course.folder / "downloaded" / topic / "archive"
    archive.mkdir(parents=True)
    release = course.folder / "release" / topic
    for student, kind in MEMBERS.items():
        with zipfile.ZipFile(archive / f"{student}.zip", "w") as file:
            file.write(release / f"{topic}.ipynb", f"{student}/{topic}/{topic}.ipynb")
            file.writestr(f"{student}/{topic}/{topic}.py", _module(kind, release))
    course.nbgrader("zip_collect", topic, "--force")
    return course


def _module(kind: str, release: Path) -> str:
    topic = release.name
    if kind == "skeleton":
        return (release / f"{topic}.py").read_text()
    text = (ROOT / "solutions" / topic / f"{topic}.py").read_text()
    end = f"\n\ndef {ENDS[topic]}(*args, **kwargs):\n    import os\n\n    os._exit(0)\n"
    return text + end if kind == "os-exit" else text


def test_zip_collect_brings_the_module_along(downloaded: Course, topic: str) -> None:
    for student in MEMBERS:
        held = {path.name for path in (downloaded.folder / "submitted" / student / topic).iterdir()}
        assert {f"{topic}.py", f"{topic}.ipynb"} <= held


@pytest.mark.long
def test_both_programs_give_the_same_scores(downloaded: Course, topic: str) -> None:
    fast = copy_of(downloaded, f"{downloaded.folder.name}-fast")
    result = autograder("grade", "--from", "nbgrader", fast.folder, "--assignment", topic, "--jobs", 1)
    assert result.exit_code == 0, result.output
    ran = program(downloaded.folder, "autograde", topic)
    assert ran.returncode == 0, ran.stderr
    lines = downloaded.export()
    scores = {}
    for student in MEMBERS:
        assert downloaded.scores(student, topic) == fast.scores(student, topic)
        text = _grade(fast, topic, student)
        assert text == _grade(downloaded, topic, student)
        scores[student] = Grade.from_json(text).score
        assert round(float(lines[topic, student]["raw_score"]), 2) == scores[student]
    assert scores["ada"] == 100
    assert 0 < scores["bob"] < 100
    assert scores["cem"] == 0
    with (fast.folder / "autograder-grades" / topic / "grades.csv").open() as file:
        assert len(list(csv.DictReader(file))) == len(MEMBERS)


def _grade(course: Course, topic: str, student: str) -> str:
    return (course.folder / "autograder-grades" / topic / student / "grade.json").read_text()


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
