"""Hostile submissions through nbgrader's `autograde`: none gains a point that `autograder grade` denies.

`make test` takes every fourth; all of them attack the sandbox itself in tests/attacks.
"""

import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submission
from autograder.platforms.nbgrader import grading_step
from autograder.platforms.nbgrader.make_course import make_course
from autograder.scoring import as_number
from tests.attacks.conftest import HERE, LIMITS

from .conftest import ROOT, Course

pytestmark = pytest.mark.unmeasured

#: Those that lie about results, reach for the grader or end badly.
ATTACKS = (
    "array_that_equals_everything", "blame_the_grader", "close_the_connection", "crash_in_c",
    "endless_import", "exception_that_says_passed", "false_modules", "float_that_equals_everything",
    "forge_arrays", "forge_garbage", "forge_replies_in_advance", "forge_the_names", "forge_the_result",
    "handle_with_lies", "hard_coded_answers", "hooks_of_the_interpreter", "import_hook",
    "import_the_grader", "leave_at_import", "object_that_equals_everything", "outcomes_of_pytest",
    "patched_builtins", "patched_numpy", "patched_server", "read_the_solutions", "walk_the_stack",
)  # fmt: skip
SAMPLE = ATTACKS[::4]
RUNS = [pytest.param(name, marks=[] if name in SAMPLE else [pytest.mark.long]) for name in ATTACKS]


@pytest.fixture(scope="module")
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Course, Assignment]:
    """A course of the attacked topic, where everybody attacks; graded by nbgrader.

    Everybody are all where long tests run, else the sample.
    """
    long = any(item.get_closest_marker("long") for item in request.session.items)
    folder = tmp_path_factory.mktemp("attacks")
    source = folder / "course" / "solutions" / "attacked"
    shutil.copytree(HERE / "solutions" / "attacked", source, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "attacked.md").write_text("# Attacked\n\nTo be attacked.\n")
    topic = find_assignment("attacked", folder / "course")
    course = Course(folder / "dl666")
    make_course(course.folder, [topic])
    course.nbgrader("generate_assignment", "attacked")
    for name in ATTACKS if long else SAMPLE:
        place = course.folder / "submitted" / name / "attacked"
        shutil.copytree(course.folder / "release" / "attacked", place)
        (place / "attacked.py").write_text(_filled_in(HERE / "submissions" / f"{name}.py"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grading_step, "grade_submission", partial(grade_submission, limits=LIMITS))
        course.nbgrader("autograde", "attacked")
    return course, topic


def _filled_in(path: Path) -> str:
    """The attack's source, with the repository in place of every folder that it asks for."""
    return re.sub(r"@[A-Z]+@", str(ROOT), path.read_text())


@pytest.mark.parametrize("name", RUNS)
def test_an_attack_gains_nothing(attacked: tuple[Course, Assignment], name: str) -> None:
    course, topic = attacked
    alone = grade_submission(course.folder / "submitted" / name / "attacked", topic, limits=LIMITS)
    scores = {
        cell: score for cell, (score, _) in course.scores(name, "attacked").items() if score is not None
    }
    scores.pop("in-your-own-words", None)
    assert {cell: as_number(score) for cell, score in scores.items()} == {
        c.id: c.points for c in alone.checks
    }


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) >= 20
    assert len(set(ATTACKS)) == len(ATTACKS)
