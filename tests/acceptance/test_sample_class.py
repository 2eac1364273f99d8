"""The sample class, graded once: right is right, wrong is named, broken breaks nothing.

`make test-long` takes one in 16 of the misconceptions, and runs one member in four at home. All of it is
for `make test-by-hand`. In `make test` other classes are graded, in test_same_grade.py and in tests/door.
"""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from autograder.course.assignment import Assignment
from autograder.grading import CheckResult, Grade, grade_submissions
from autograder.grading.workers import local_workers
from autograder.sandbox.limits import Limits
from autograder.scoring import as_number, earned, overall_verdict
from autograder.variants import load_variants
from autograder.verdicts import CheckVerdict, SubmissionVerdict

#: Short, so that the endless loop is not waited for; ten times what the slowest honest call takes.
#: Graded and run at home with this seed.
SEED = 7
LIMITS = Limits(call_cpu=2.0, call_wall=20.0)

pytestmark = [pytest.mark.unmeasured, pytest.mark.long]


class Share(NamedTuple):
    """Every how many of the misconceptions, and of the members that are run at home."""

    misconceptions: int
    at_home: int


@pytest.fixture(
    scope="module",
    params=[Share(16, 4), pytest.param(Share(1, 1), marks=pytest.mark.by_hand)],
    ids=["part", "whole"],
)
def share(request: pytest.FixtureRequest) -> Share:
    return request.param


@pytest.fixture(scope="module")
def members(share: Share, sample_class: Path) -> list[Path]:
    """What is right, what is broken, and a share of the misconceptions."""
    paths = sorted(sample_class.iterdir())
    wrong = [path for path in paths if path.name.startswith("misconception-")]
    left_out = {*wrong} - {*wrong[:: share.misconceptions]}
    return [path for path in paths if path not in left_out]


@pytest.fixture(scope="module")
def grades(losses: Assignment, members: list[Path]) -> dict[str, Grade]:
    with local_workers(2) as workers:
        found = grade_submissions(members, losses, workers, seed=SEED, limits=LIMITS)
    return {grade.student: grade for grade in found}


def _some(grades: dict[str, Grade], prefix: str) -> list[Grade]:
    chosen = [grade for name, grade in grades.items() if name.startswith(prefix)]
    assert chosen
    return chosen


def test_every_student_has_a_grade(grades: dict[str, Grade], members: list[Path]):
    assert sorted(grades) == sorted(path.name for path in members)


def test_what_is_right_gets_full_marks(grades: dict[str, Grade], sample_class: Path):
    lost = {
        (grade.student, check.id): check.details
        for grade in [grades["reference"], *_some(grades, "correct-")]
        for check in grade.checks
        if check.verdict != CheckVerdict.PASSED
    }
    assert lost == {}
    assert grades["reference"].score == grades["reference"].max_score == 100
    assert len(list(sample_class.glob("correct-*"))) >= 5


def test_every_misconception_loses_points(grades: dict[str, Grade], sample_class: Path):
    wrong = _some(grades, "misconception-")
    assert len(list(sample_class.glob("misconception-*"))) >= 15
    assert [grade.student for grade in wrong if grade.score >= grade.max_score] == []


def test_misconceptions_are_named(grades: dict[str, Grade]):
    wrong = _some(grades, "misconception-")
    unnamed = [
        grade.student
        for grade in wrong
        if {check.misconception for check in grade.checks} - {None}
        != {grade.student.removeprefix("misconception-")}
    ]
    assert len(unnamed) <= len(wrong) / 10, unnamed


def test_a_named_misconception_is_told_by_its_hint_and_never_by_its_name(
    losses: Assignment, grades: dict[str, Grade]
):
    """Not at each of its checks: one that depends on another that failed sends the student there."""
    hints = {variant.name: variant.hint for variant in load_variants(losses).misconceptions}
    named = {(g.student, c.misconception) for g in grades.values() for c in g.checks if c.misconception}
    assert named
    for student, misconception in named:
        told = [check.feedback for check in grades[student].checks if check.help]
        assert any(hints[misconception].rstrip(".") in text for text in told)
        assert not any(name in text for text in told for name in hints)


def test_what_is_right_is_never_called_a_misconception(grades: dict[str, Grade]):
    for grade in [grades["reference"], *_some(grades, "correct-"), grades["broken-skeleton"]]:
        assert {check.misconception for check in grade.checks} == {None}


def test_what_is_broken_has_a_verdict_and_a_sentence(grades: dict[str, Grade]):
    for grade in _some(grades, "broken-"):
        assert grade.verdict in (SubmissionVerdict.GRADED, SubmissionVerdict.UNREADABLE)
        said = [check.feedback for check in grade.checks]
        if grade.verdict == SubmissionVerdict.UNREADABLE:
            assert (grade.feedback[-1], set(said)) == (".", {""}), grade.student  # once, not at each check
        else:
            assert all(text.endswith((".", ")")) or " " in text for text in said), grade.student


@pytest.mark.parametrize(
    ("student", "verdict"),
    [
        ("broken-endless-loop", CheckVerdict.TIMEOUT),
        ("broken-os-exit", CheckVerdict.CRASHED),
        ("broken-sys-exit", CheckVerdict.CRASHED),
        ("broken-prints-50-mb", CheckVerdict.FAILED),
    ],
)
def test_one_broken_function_keeps_the_points_of_the_others(
    grades: dict[str, Grade], student: str, verdict: str
):
    grade = grades[student]
    assert grade.verdict == SubmissionVerdict.GRADED
    assert {check.verdict for check in grade.checks} == {CheckVerdict.PASSED, verdict}
    assert grade.score >= 70


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("broken-no-file", "There is no file losses.py"),
        ("broken-not-text", "a picture, not Python"),
        ("broken-syntax-error", "SyntaxError"),
    ],
)
def test_what_cannot_be_read_is_unreadable(grades: dict[str, Grade], student: str, words: str):
    assert grades[student].verdict == SubmissionVerdict.UNREADABLE
    assert grades[student].score == 0
    assert words in grades[student].feedback


def test_the_skeleton_is_not_started(grades: dict[str, Grade]):
    assert {check.verdict for check in grades["broken-skeleton"].checks} == {CheckVerdict.NOT_STARTED}
    assert grades["broken-skeleton"].score == 0


def test_feedback_of_hidden_checks_tells_nothing_of_the_check(grades: dict[str, Grade]):
    """No word of an assertion's message: those stand in details, and only there."""
    for grade in grades.values():
        for check in grade.checks:
            if check.hidden and check.verdict == "failed":
                told = check.details.partition("\n")[2].strip().splitlines()[0]
                assert told not in check.feedback
                assert "test_losses" not in check.feedback


#: At home these end pytest itself, or never end.
NOT_AT_HOME = {"broken-endless-loop", "broken-os-exit"}


def test_every_check_gives_the_same_verdict_on_the_module_and_on_the_proxy(
    share: Share, grades: dict[str, Grade], losses: Assignment, sample_class: Path
):
    """For those members that can be imported at home."""
    members = [
        g for g in grades.values() if g.verdict == SubmissionVerdict.GRADED and g.student not in NOT_AT_HOME
    ]
    members = members[share.at_home - 1 :: share.at_home]  # the first ones, which are broken, take longest
    at_home = _home_verdicts(losses, sample_class, members)
    differing = {
        (grade.student, check.id): (at_home[grade.student][check.id], check.verdict)
        for grade in members
        for check in grade.checks
        if _summed_up(check, at_home[grade.student][check.id]) != (check.verdict, check.points)
    }
    assert differing == {}


def _summed_up(check: CheckResult, verdicts: list[str]) -> tuple[str, float]:
    points = earned(Fraction(str(check.max_points)), verdicts)
    return overall_verdict(verdicts), as_number(points)


def _home_verdicts(losses: Assignment, sample_class: Path, members: list[Grade]) -> dict[str, Any]:
    """Run the checks on the real modules, in two processes."""
    modules = [str(sample_class / grade.student / "losses.py") for grade in members]
    script = Path(__file__).with_name("home_run.py")
    start = [sys.executable, str(script), str(losses.checks), str(SEED)]
    runs = [
        subprocess.Popen(
            [*start, *modules[part::2]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for part in (0, 1)
    ]
    verdicts: dict[str, Any] = {}
    for run in runs:
        printed, _ = run.communicate()
        verdicts |= json.loads(printed.splitlines()[-1])
    return verdicts
