"""Sessions of pytest in one process: each executes the checks anew, and none writes into the course."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.course.read_checks import read_checks
from autograder.errors import UserError
from autograder.grading.run_checks import run_checks
from autograder.proxy.channel import DirectChannel
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict

WITH_STATE = '''
import pytest

RUNS = []

@pytest.mark.points(1)
def test_runs(student):
    """The first run of the module"""
    RUNS.append(student.name)
    assert RUNS == ["work"]
'''


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    folder = tmp_path / "solutions" / "work"
    folder.mkdir(parents=True)
    (folder / "work.py").write_text("")
    (folder / "test_work.py").write_text(WITH_STATE)
    return find_assignment("work", tmp_path)


def _verdicts(assignment: Assignment) -> list[CheckVerdict]:
    cases = run_checks(assignment, {"": lambda: DirectChannel("name = 'work'", "work")}, NumberedSeed(0))
    return [case.verdict for case in cases]


def test_a_session_sees_nothing_of_the_one_before(assignment: Assignment) -> None:
    assert [_verdicts(assignment) for _ in range(3)] == [[CheckVerdict.PASSED]] * 3


def test_a_session_sees_the_checks_as_they_are_now(assignment: Assignment) -> None:
    assert [c.title for c in read_checks(assignment.checks)] == ["The first run of the module"]
    assignment.checks.write_text(WITH_STATE.replace("first run", "only run"))
    assert [c.title for c in read_checks(assignment.checks)] == ["The only run of the module"]


def test_a_session_writes_nothing_into_the_course(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert _verdicts(assignment) == [CheckVerdict.PASSED]
    assert sorted(path.name for path in assignment.folder.iterdir()) == ["test_work.py", "work.py"]
    assert (sys.dont_write_bytecode, sys.pycache_prefix) == (False, None)


def test_a_session_is_not_misled_by_a_module_of_the_checks_name(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook in the same process has run the public checks: graded are all, and it keeps its module."""
    public = ModuleType("test_work")
    public.__file__ = str(tmp_path / "test_work.py")
    monkeypatch.setitem(sys.modules, "test_work", public)
    assert [c.title for c in read_checks(assignment.checks)] == ["The first run of the module"]
    assert sys.modules["test_work"] is public


COMPARES = '''
import pytest

@pytest.mark.points(1)
def test_like_another(student, references):
    """As in another topic"""
    assert student.name == {}.name
'''


@pytest.mark.parametrize("reference", ["references.other", 'getattr(references, "oth" + "er")'])
def test_a_missing_reference_stops_the_run(assignment: Assignment, reference: str) -> None:
    assignment.checks.write_text(COMPARES.format(reference))
    with pytest.raises(UserError, match=r"no solutions/other/other\.py in this course"):
        _verdicts(assignment)
    other = assignment.folder.parent / "other" / "other.py"
    other.parent.mkdir()
    other.write_text("name = 'work'")
    assert _verdicts(assignment) == [CheckVerdict.PASSED]
