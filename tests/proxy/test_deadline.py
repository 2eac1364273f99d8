"""What counts against a call, and what a stopped call says."""

import itertools
import time
from collections.abc import Callable
from typing import Any

import pytest

from autograder.sandbox import process
from autograder.sandbox.levels.choose import LEVELS
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SandboxError
from autograder.verdicts import StudentTimeoutError

SOURCE = """
import time

def fine():
    return 1

def spin():
    while True:
        pass

def sleep(seconds):
    time.sleep(seconds)

def work(seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass

def ask(f, n):
    for _ in range(n):
        f()

class Net:
    def loss(self):
        while True:
            pass

    def train(self):
        self.loss()
"""

LIMITS = Limits(call_cpu=0.5, call_wall=1.0, total_cpu=6.0, total_wall=12.0)


@pytest.fixture
def submitted(submit: Callable[..., Any]) -> Any:
    return submit(SOURCE, limits=LIMITS)


def stopped(call: Callable[..., Any], *arguments: Any) -> tuple[str, float]:
    """Return what a call that must be stopped says, and after how many seconds."""
    before = time.monotonic()
    with pytest.raises(StudentTimeoutError) as caught:
        call(*arguments)
    return str(caught.value), time.monotonic() - before


def repeat(times: int, call: Callable[..., Any], *arguments: Any) -> None:
    for _ in range(times):
        call(*arguments)


def test_the_words_name_the_function_and_are_the_same_whichever_limit_struck(submitted: Any) -> None:
    said = {}
    for name, arguments in {"spin": (), "sleep": (1000,)}.items():
        for turn in range(2):
            with submitted.check() as student:
                said[name, turn], _ = stopped(getattr(student, name), *arguments)
    assert said["spin", 0] == said["spin", 1]
    assert said["spin", 0] == said["sleep", 0].replace("sleep", "spin")
    assert "spin was still running" in said["spin", 0]
    assert not any(digit in said["spin", 0] for digit in "0123456789")


def test_a_stopped_function_is_stopped_sooner_in_later_cases(submitted: Any) -> None:
    spent = [0.0]
    for _ in range(3):
        with submitted.check() as student:
            stopped(student.spin)
        submitted.sandbox.child_cpu()
        spent.append(submitted.sandbox.spent)
    first, second, third = (after - before for before, after in itertools.pairwise(spent))
    assert first > 0.45
    assert second < 0.25
    assert third < 0.25


def test_methods_are_stopped_by_class_and_named_each(submitted: Any) -> None:
    with submitted.check() as student:
        said, _ = stopped(student.Net().train)
    assert "Net.train was still running" in said
    with submitted.check() as student:
        net = student.Net()
        stopped(net.loss)
    submitted.sandbox.child_cpu()
    assert submitted.sandbox.spent < 0.9


def test_a_module_that_loops_is_stopped_sooner_in_later_cases(submit: Callable[..., Any]) -> None:
    submitted = submit("while True: pass", limits=LIMITS)
    for _ in range(8):
        with submitted.check() as student:
            said, _ = stopped(getattr, student, "f")
    assert "the module itself did not come to its end" in said
    submitted.sandbox.child_cpu()
    assert submitted.sandbox.spent < 2.0


def test_a_call_ends_when_the_budget_ends(submit: Callable[..., Any]) -> None:
    submitted = submit(SOURCE, limits=Limits(call_cpu=0.5, total_cpu=1.0))
    with submitted.check() as student, pytest.raises(StudentTimeoutError):
        repeat(10, student.work, 0.3)
    submitted.sandbox.child_cpu()
    assert submitted.sandbox.spent < 1.3


def test_short_calls_that_use_up_the_budget_are_noticed(submit: Callable[..., Any]) -> None:
    submitted = submit(SOURCE, limits=Limits(call_cpu=0.5, total_cpu=1.0))
    with submitted.check() as student, pytest.raises(StudentTimeoutError):
        repeat(500, student.work, 0.01)


def test_short_naps_that_use_up_the_budget_are_noticed(submit: Callable[..., Any]) -> None:
    submitted = submit(SOURCE, limits=Limits(call_cpu=0.5, call_wall=0.5, total_wall=1.0))
    with submitted.check() as student, pytest.raises(StudentTimeoutError):
        repeat(500, student.sleep, 0.01)


def test_the_time_of_the_checks_own_functions_counts_and_is_bounded(submitted: Any) -> None:
    def burn() -> None:
        end = time.thread_time() + 0.05
        while time.thread_time() < end:
            pass

    with submitted.check() as student:
        student.ask(burn, 5)
    with submitted.check() as student:
        stopped(student.ask, burn, 1000)
    assert submitted.budget.callbacks > 0.5


def test_a_check_that_waits_on_our_side_makes_nobody_idle(submitted: Any) -> None:
    with submitted.check() as student:
        assert student.fine() == 1
        time.sleep(2 * LIMITS.call_wall)
        assert student.fine() == 1
    assert submitted.budget.wall == LIMITS.total_wall


@pytest.mark.parametrize("level", [pytest.param(each, id=each.name) for each in LEVELS if not each.missing()])
def test_the_kernel_tells_how_long_a_process_waits_at_every_level(
    submit: Callable[..., Any], level: Level
) -> None:
    submitted = submit(SOURCE, level=level)
    child = submitted.sandbox.fork()
    child.wait_for_greeting()
    delay = child.run_delay()
    child.close()
    assert delay is not None
    assert 0 <= delay < 60


def test_time_spent_waiting_for_a_core_is_not_idle(submitted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.monotonic()
    monkeypatch.setattr(process, "run_delay", lambda pid: time.monotonic() - begun)
    with submitted.check() as student:
        student.sleep(2 * LIMITS.call_wall)
    assert submitted.budget.wall == pytest.approx(LIMITS.total_wall, abs=0.5)


@pytest.mark.parametrize(("waited", "starved"), [(1000.0, True), (0.0, False)])
def test_a_call_that_is_stopped_after_more_waiting_than_running_was_starved(
    submit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, waited: float, starved: bool
) -> None:
    submitted = submit(SOURCE, limits=Limits(call_cpu=0.2, call_wall=4.0))
    monkeypatch.setattr(process, "run_delay", lambda pid: waited)
    with submitted.check() as student:
        stopped(student.spin)
    assert submitted.budget.starved == starved


def test_where_the_kernel_does_not_tell_a_sleeper_is_the_machines_fault_and_a_loop_is_not(
    submit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted = submit(SOURCE, limits=Limits(call_cpu=0.2, call_wall=4.0))
    monkeypatch.setattr(process, "run_delay", lambda pid: None)
    with submitted.check() as student, pytest.raises(SandboxError, match="how long it waited"):
        student.sleep(1000)
    with submitted.check() as student:
        stopped(student.spin)
