"""An endless loop costs the checks that reach it: whatever else loops, a right function gets its time."""

import itertools

import pytest

from autograder.proxy.budget import Budget
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SandboxError
from autograder.verdicts import StudentTimeoutError

LIMITS = Limits()
#: More than any topic has.
FUNCTIONS, CASES = 40, 120
#: CPU seconds that a process takes before it does anything for the student.
_START = 0.01


def looped(functions: int, cases: int) -> tuple[Budget, list[float]]:
    """Run cases in each of which a call of one of the functions loops; return the limits they were given."""
    budget, given = Budget.of(LIMITS), []
    for case in range(cases):
        budget.check()
        share = budget.share(f"f{case % functions}", budget.cpu, budget.wall)
        given.append(share * LIMITS.call_cpu)
        budget.stopped(f"f{case % functions}", share)
        budget.cpu -= given[-1] + _START
    return budget, given


def limit(budget: Budget, function: str = "right") -> float:
    return budget.share(function, budget.cpu, budget.wall) * LIMITS.call_cpu


def test_a_function_that_was_stopped_gets_a_tenth_and_others_the_full_limit() -> None:
    budget, given = looped(1, 3)
    assert given == pytest.approx([20.0, 2.0, 2.0])
    assert limit(budget) == pytest.approx(20.0)


def test_the_tenth_is_half_a_second_at_least() -> None:
    _, given = looped(12, 80)
    assert min(given) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("functions", "cases"), [*itertools.product((1, 2, 5, 12, FUNCTIONS), (FUNCTIONS, CASES))]
)
def test_a_right_function_keeps_its_time_whatever_loops(functions: int, cases: int) -> None:
    budget, given = looped(functions, cases)
    assert limit(budget) >= 0.5
    assert budget.cpu >= 0.1 * LIMITS.total_cpu
    assert sum(given) <= 0.9 * LIMITS.total_cpu


def test_after_some_loops_there_is_still_time_for_a_slow_right_call() -> None:
    assert limit(looped(4, 4)[0]) > 10
    assert limit(looped(1, 40)[0]) > 10


@pytest.mark.parametrize("seconds", [2.1, 5.0, 10.0, 19.0, 30.0])
def test_slow_right_calls_leave_something_for_those_of_others(seconds: float) -> None:
    budget = Budget.of(LIMITS)
    for _ in range(CASES):
        share = budget.share("slow", budget.cpu, budget.wall)
        if share * LIMITS.call_cpu >= seconds:
            budget.came_back("slow", seconds)
        else:
            budget.stopped("slow", share)
        budget.cpu -= min(share * LIMITS.call_cpu, seconds) + _START
    assert limit(budget) >= 0.5
    assert budget.cpu > 1


def test_what_a_function_took_when_it_came_back_counts_in_its_favour() -> None:
    budget = Budget.of(LIMITS)
    budget.came_back("slow", 4.0)
    budget.stopped("slow", 1.0)
    assert limit(budget, "slow") == pytest.approx(8.0)


def test_a_budget_that_is_used_up_names_what_used_it() -> None:
    budget = Budget.of(LIMITS)
    budget.stopped("pool", 1.0)
    budget.cpu = 1.0
    budget.check()
    with pytest.raises(StudentTimeoutError, match="above all of pool"):
        budget.check(cpu=2.0)


def test_it_also_names_what_was_slow_and_came_back_and_what_was_running() -> None:
    budget = Budget.of(LIMITS)
    for name, seconds in (("a", 3.0), ("b", 9.0), ("c", 0.0), ("d", 5.0), ("e", 1.0)):
        budget.came_back(name, seconds)
    said = "conv was still running when it and earlier calls used up the time .*, above all of b, d, a$"
    with pytest.raises(StudentTimeoutError, match=said):
        budget.check(cpu=LIMITS.total_cpu, running="conv")
    with pytest.raises(StudentTimeoutError, match=r"^earlier calls used up"):
        budget.check(cpu=LIMITS.total_cpu)


def test_time_by_the_clock_that_is_used_up_is_the_machines_fault_where_the_kernel_tells_too_little() -> None:
    budget = Budget.of(LIMITS)
    budget.wall = 0.0
    with pytest.raises(StudentTimeoutError):
        budget.check()
    budget.told = False
    with pytest.raises(SandboxError, match="how long it waited"):
        budget.check()


def test_where_the_kernel_tells_too_little_the_clock_shortens_nobodys_time() -> None:
    budget = Budget.of(LIMITS)
    budget.wall = 1.0
    assert limit(budget) < 1
    budget.told = False
    assert limit(budget) == pytest.approx(20.0)
