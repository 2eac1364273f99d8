"""What brings the grading process down costs the case that did it, and no other."""

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import Grade, grade_submission, grade_submissions
from autograder.grading.helper import pool
from autograder.grading.helper.bounds import BOUNDS, Bounds
from autograder.grading.helper.supervise import grade_in_helper
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SandboxError
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict, SubmissionVerdict

#: The checks do in this process what the submission says: what sneaks past all that looks at answers.
CHECKS = '''\
import os
import resource
import signal
from collections import deque
from itertools import repeat

import pytest


@pytest.mark.points(1)
def test_first(student):
    """The first"""
    assert student.first() == 1


@pytest.mark.points(1)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_turns(student, which):
    """Turns without end, in C"""
    deque(repeat(None, student.turns()[which]), maxlen=0)


@pytest.mark.points(1)
def test_room(student):
    """Memory"""
    assert bytearray(student.room())[:1] in (b"", bytes(1))


@pytest.mark.points(1)
def test_life(student):
    """A signal"""
    if student.life():
        os.kill(os.getpid(), student.life())


@pytest.mark.points(1)
def test_limit(student):
    """A limit of memory here, and another one there"""
    assert resource.getrlimit(resource.RLIMIT_AS)[0] < 2**30
    assert student.limit() == 1200 * 2**20


@pytest.mark.points(1)
def test_last(student):
    """The last"""
    assert student.first() == 1
'''
RIGHT = """\
def first():
    return 1


def turns():
    return [0, 0, 0]


def room():
    return 0


def life():
    return 0


def limit():
    return len(bytearray(1200 * 2**20))
"""
SHORT = Bounds(case_cpu=0.5, all_cpu=8.0)


@pytest.fixture(scope="module")
def topic(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    folder = tmp_path_factory.mktemp("course") / "solutions" / "trap"
    folder.mkdir(parents=True)
    (folder / "trap.py").write_text(RIGHT)
    (folder / "test_trap.py").write_text(CHECKS)
    return find_assignment("trap", folder.parent.parent)


@pytest.fixture
def graded(topic: Assignment, tmp_path: Path) -> Callable[..., Grade]:
    def grade(old: str = "", new: str = "", bounds: Bounds = SHORT) -> Grade:
        assert old in RIGHT
        (tmp_path / "trap.py").write_text(RIGHT.replace(old, new))
        return grade_in_helper(tmp_path, topic, NumberedSeed(0), choose_level(), Limits(), bounds)

    return grade


def verdicts(grade: Grade) -> dict[str, CheckVerdict]:
    assert grade.verdict == SubmissionVerdict.GRADED, grade.run
    return {check.id.removeprefix("test_"): check.verdict for check in grade.checks}


def all_passed() -> dict[str, CheckVerdict]:
    return dict.fromkeys(["first", "turns", "room", "life", "limit", "last"], CheckVerdict.PASSED)


def folders_of(pid: int) -> list[Path]:
    """Return what the sandboxes of a helper have on the disk."""
    place = choose_level().place() or Path(tempfile.gettempdir())
    return list(place.glob(f"autograder-{pid}-*"))


def test_what_hangs_in_c_is_ended_and_only_its_case_fails(graded: Callable[..., Grade]) -> None:
    grade = graded("[0, 0, 0]", "[0, 10**15, 0]")
    assert verdicts(grade) == {**all_passed(), "turns": CheckVerdict.TIMEOUT}
    turns = grade.checks[1]
    assert turns.exact_points == "2/3"
    assert "2 of 3 cases pass" in turns.rationale
    assert "stopped for taking too long: what it sent back keeps the check busy" in turns.rationale
    assert grade.run["helpers_ended"] == ["test_turns[1]: time"]


def test_what_swallows_memory_fails_only_its_case(graded: Callable[..., Grade]) -> None:
    grade = graded("room():\n    return 0", "room():\n    return 2**30")
    assert verdicts(grade) == {**all_passed(), "room": CheckVerdict.MEMORY}
    assert "ran out of memory: what it sent back takes the check more memory" in grade.checks[2].rationale


def test_little_by_little_memory_is_seen_as_well(graded: Callable[..., Grade]) -> None:
    grade = graded("room():\n    return 0", "room():\n    return 2**28", Bounds(memory=200 * 2**20))
    assert verdicts(grade) == {**all_passed(), "room": CheckVerdict.MEMORY}


def test_what_crashes_the_grader_twice_is_told_so(graded: Callable[..., Grade]) -> None:
    grade = graded("life():\n    return 0", f"life():\n    return {int(signal.SIGSEGV)}")
    assert verdicts(grade) == {**all_passed(), "life": CheckVerdict.CRASHED}
    assert len(grade.run["helpers_ended"]) == 2


@pytest.mark.long
def test_somebody_elses_kill_costs_nothing(graded: Callable[..., Grade]) -> None:
    graded()
    victim = pool.IDLE[-1]._process.pid
    threading.Timer(0.3, os.kill, [victim, signal.SIGKILL]).start()
    slow = graded("first():\n", "first():\n    import time\n    time.sleep(2)\n")
    assert verdicts(slow) == all_passed()
    assert slow.run["helpers_ended"] == ["test_first: killed"]


def test_where_that_goes_on_the_machine_is_to_blame(graded: Callable[..., Grade]) -> None:
    with pytest.raises(SandboxError):
        graded("life():\n    return 0", f"life():\n    return {int(signal.SIGKILL)}")


def test_time_for_all_cases_runs_out(graded: Callable[..., Grade]) -> None:
    grade = graded("[0, 0, 0]", "[10**15, 10**15, 10**15]", Bounds(case_cpu=1.0, all_cpu=2.0))
    found = verdicts(grade)
    assert found["first"] == CheckVerdict.PASSED
    assert {found["turns"], found["room"], found["last"]} == {CheckVerdict.TIMEOUT}
    assert "earlier checks used up the time" in grade.checks[-1].rationale


def test_a_helper_is_used_again_and_grades_are_the_same(graded: Callable[..., Grade]) -> None:
    first = graded()
    (helper,) = pool.IDLE[-1:]
    assert graded().to_json() == first.to_json()
    assert pool.IDLE[-1] is helper
    graded("[0, 0, 0]", "[10**15, 0, 0]")
    assert not helper.is_alive()
    assert graded().to_json() == first.to_json()


def test_a_killed_helper_leaves_nothing(graded: Callable[..., Grade]) -> None:
    graded()
    pid = pool.IDLE[-1]._process.pid
    assert folders_of(pid)
    graded("[0, 0, 0]", "[10**15, 0, 0]")
    assert not folders_of(pid)


@pytest.mark.long
def test_threads_grade_side_by_side(topic: Assignment, tmp_path: Path) -> None:
    members = []
    for name, turns in (("a", "0"), ("b", "10**15"), ("c", "0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "trap.py").write_text(RIGHT.replace("[0, 0, 0]", f"[0, {turns}, 0]"))
        members.append(tmp_path / name)
    with ThreadPoolExecutor(3) as executor:
        grades = grade_submissions(members, topic, executor, seed=0)
    assert [grade.score for grade in grades] == [6, pytest.approx(5.67, abs=0.01), 6]


def test_a_helper_that_ended_with_its_thread_leaves_nothing(graded: Callable[..., Grade]) -> None:
    pool.IDLE.close()
    thread = threading.Thread(target=graded)
    thread.start()
    thread.join()
    (helper,) = pool.IDLE
    helper._process.wait(20)
    pool.IDLE.close()
    assert not folders_of(helper._process.pid)


def test_ctrl_c_ends_the_helper(topic: Assignment, tmp_path: Path) -> None:
    (tmp_path / "trap.py").write_text(RIGHT.replace("[0, 0, 0]", "[10**15, 0, 0]"))
    grade_submission(tmp_path / "none", topic, seed=0)
    (helper,) = pool.IDLE[-1:]
    timer = threading.Timer(1.0, signal.raise_signal, [signal.SIGINT])
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
    timer.start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            grade_submission(tmp_path, topic, seed=0)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - began < BOUNDS.case_cpu
    assert not helper.is_alive()
