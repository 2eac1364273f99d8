"""At every door a submission that was short of a processor is graded a second time, and no third time."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.cli import _cli
from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import Grade, grade_class, grade_submission, supervised
from autograder.platforms.gradescope.run import main as run_gradescope
from autograder.platforms.nbgrader.make_course import make_course
from autograder.verdicts import CheckVerdict
from tests.attacks.hand_in import HERE
from tests.platforms.nbgrader.conftest import Course
from tests.platforms.otter.conftest import (
    OtterRun,
    make_assignments,
    otter_run,
    quick_kernels,
    write_submission,
)

pytestmark = pytest.mark.unmeasured

__all__ = ["otter_run", "quick_kernels"]

POINTS = 12


@dataclass
class Machine:
    """A machine with too few cores for the first runs.

    Attributes:
        short: so many runs are starved of each submission.
        runs: how often each was graded.
    """

    short: int = 1
    runs: Counter[str] = field(default_factory=Counter)

    def grade_once(self, handed_in: Any, assignment: Assignment, **options: Any) -> Grade:
        grade = _grade_once(handed_in, assignment, **options)
        self.runs[grade.student] += 1
        if self.runs[grade.student] > self.short:
            return grade
        checks = tuple(
            replace(check, points=0, exact_points="0", verdict=CheckVerdict.TIMEOUT) for check in grade.checks
        )
        return replace(grade, score=0, checks=checks, run={**grade.run, "starved": True})


_grade_once = supervised.grade_once


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(supervised, "grade_once", machine.grade_once)
    monkeypatch.setattr(grade_class, "grade_once", machine.grade_once)
    return machine


@pytest.fixture(scope="module")
def topic(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A topic that takes no time, in a course of its own."""
    folder = tmp_path_factory.mktemp("course") / "solutions" / "attacked"
    shutil.copytree(HERE / "solutions" / "attacked", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "attacked.md").write_text("---\ntitle: none\n---\n\n# A topic\n")
    return find_assignment("attacked", folder.parents[1])


@pytest.fixture
def handed_in(topic: Assignment, tmp_path: Path) -> Path:
    """Right work."""
    folder = tmp_path / "ada"
    folder.mkdir()
    shutil.copy(topic.reference, folder)
    return folder


@pytest.fixture
def nbgrader(topic: Assignment, handed_in: Path, tmp_path: Path) -> Iterator[Course]:
    """A course of nbgrader's in which one has handed in."""
    course = Course(tmp_path / "dl101")
    make_course(course.folder, [topic])
    course.nbgrader("generate_assignment", topic.name)
    shutil.copytree(course.folder / "release" / topic.name, course.folder / "submitted" / "ada" / topic.name)
    shutil.copy(handed_in / "attacked.py", course.folder / "submitted" / "ada" / topic.name)
    return course


def graded_by(course: Course) -> tuple[float, dict[str, Any]]:
    """What stands in the gradebook, without the answer in words, and what run.json says."""
    scores = sum(score for score, _ in course.scores("ada", "attacked").values() if score is not None)
    run = course.folder / "autograder-grades" / "attacked" / "ada" / "run.json"
    return scores, json.loads(run.read_text())


def test_one_submission(machine: Machine, topic: Assignment, handed_in: Path) -> None:
    grade = grade_submission(handed_in, topic, seed=0)
    assert (grade.score, grade.run["starved_at_first"], machine.runs["ada"]) == (POINTS, True, 2)


def test_one_that_is_starved_twice_is_not_tried_a_third_time(
    machine: Machine, topic: Assignment, handed_in: Path
) -> None:
    machine.short = 5
    grade = grade_submission(handed_in, topic, seed=0)
    assert (grade.score, grade.run["starved"], machine.runs["ada"]) == (0, True, 2)


def test_one_that_was_not_starved_is_graded_once(
    machine: Machine, topic: Assignment, handed_in: Path
) -> None:
    machine.short = 0
    grade = grade_submission(handed_in, topic, seed=0)
    assert (grade.score, "starved_at_first" in grade.run, machine.runs["ada"]) == (POINTS, False, 1)


def test_nbgraders_own_autograde(machine: Machine, nbgrader: Course) -> None:
    nbgrader.nbgrader("autograde", "attacked")
    scores, run = graded_by(nbgrader)
    assert (scores, run["starved_at_first"], machine.runs["ada"]) == (POINTS, True, 2)


@pytest.mark.long
def test_nbgraders_fast_way(
    machine: Machine, nbgrader: Course, topic: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.cli.grade.local_workers", ThreadPoolExecutor)
    with chdir(topic.course):
        arguments = ["grade", "--from", "nbgrader", str(nbgrader.folder), "--assignment", "attacked"]
        result = CliRunner().invoke(_cli, [*arguments, "--jobs", "1"])
    assert result.exit_code == 0, result.output
    scores, run = graded_by(nbgrader)
    assert (scores, run["starved_at_first"], machine.runs["ada"]) == (POINTS, True, 2)


@pytest.mark.long
def test_otter(
    machine: Machine, topic: Assignment, handed_in: Path, otter_run: OtterRun, tmp_path: Path, capfd: Any
) -> None:
    machine.short = 0
    make_assignments(topic.course, tmp_path / "out", "attacked")
    machine.short, machine.runs = 1, Counter()
    made = str(tmp_path / "out" / "attacked" / "autograder" / "attacked-autograder.zip")
    module = (handed_in / "attacked.py").read_bytes()
    results = otter_run(made, write_submission(tmp_path / "s.zip", {"attacked.py": module}))
    assert (results["score"], list(machine.runs.values())) == (POINTS, [2])
    assert "graded twice" in capfd.readouterr().err


def test_gradescope(
    machine: Machine, topic: Assignment, handed_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "autograder"
    shutil.copytree(topic.course, folder / "source")
    (folder / "source" / "topic.json").write_text('{"topic": "attacked", "hidden": "hidden"}')
    shutil.copytree(handed_in, folder / "submission")
    (folder / "results").mkdir()
    run_gradescope(folder)
    results = json.loads((folder / "results" / "results.json").read_text())
    assert (results["score"], list(machine.runs.values())) == (POINTS, [2])
    assert "graded twice" in capsys.readouterr().err
