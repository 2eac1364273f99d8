"""Whatever the student's code does, a call ends within its limits, with a verdict."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.limits import Limits
from autograder.verdicts import CheckVerdict, verdict_of

SOURCE = """
import os
import sys
import threading
import time
import numpy as np

def fine(x=1):
    return x

def spin():
    while True:
        pass

def sleep():
    time.sleep(1000)

def spin_in_threads():
    threads = [threading.Thread(target=np.linalg.svd, args=(np.ones((1500, 1500)),)) for _ in range(2)]
    [t.start() for t in threads]
    [t.join() for t in threads]

def ask_for_ever(f):
    while True:
        f(1.0)

def print_for_ever():
    while True:
        os.write(1, b"x" * 65536)

def print_much(megabytes):
    for _ in range(megabytes * 16):
        sys.stdout.write("o" * 65535 + "\\n")
    sys.stdout.write("the end\\n")
    return megabytes

def print_in_the_background():
    threading.Thread(target=print_for_ever, daemon=True).start()
    return "started"

def leave():
    os._exit(0)

def leave_politely():
    sys.exit("bye")

def interrupt():
    raise KeyboardInterrupt

def crash():
    import ctypes
    ctypes.string_at(0)

def recurse(n=0):
    return recurse(n + 1)

def take(size):
    return np.ones(size).sum()

def hoard():
    kept = []
    while True:
        kept.append(np.empty(2**23))  # limits count what is asked for, touched or not

def reply(size):
    return np.zeros(size)

def items(n):
    return [None] * n

def nest():
    value = []
    for _ in range(100):
        value = [value]
    return value

def cycle():
    value = []
    value.append(value)
    return value

def placeholder():
    raise NotImplementedError

def break_printing():
    sys.stdout = None
    sys.stderr.close()
    return 1
"""

LIMITS = Limits(call_cpu=0.3, call_wall=3.0, memory=600 * 2**20)


def ending(call: Callable[..., Any], *arguments: Any) -> tuple[str, str]:
    """Return the verdict on a call that must fail, and the message."""
    try:
        call(*arguments)
    except Exception as error:
        return verdict_of(error), str(error)
    raise AssertionError("the call did not fail")


@pytest.fixture(scope="module")
def submitted(submit: Callable[..., Any]) -> Any:
    return submit(SOURCE, limits=LIMITS)


@pytest.mark.parametrize(
    ("name", "arguments", "verdict", "message"),
    [
        ("spin", (), CheckVerdict.TIMEOUT, "spin was still running"),
        ("sleep", (), CheckVerdict.TIMEOUT, "sleep was still running"),
        ("spin_in_threads", (), CheckVerdict.TIMEOUT, "spin_in_threads was still"),
        ("ask_for_ever", (abs,), CheckVerdict.TIMEOUT, "ask_for_ever was still"),
        ("print_for_ever", (), CheckVerdict.TIMEOUT, "print_for_ever was still"),
        ("leave", (), CheckVerdict.CRASHED, "ended its own process"),
        ("leave_politely", (), CheckVerdict.CRASHED, "SystemExit"),
        ("interrupt", (), CheckVerdict.CRASHED, "KeyboardInterrupt"),
        ("crash", (), CheckVerdict.CRASHED, "ended its own process"),
        ("recurse", (), CheckVerdict.FAILED, "recursion"),
        ("take", (10**12,), CheckVerdict.MEMORY, ""),
        ("hoard", (), CheckVerdict.MEMORY, ""),
        ("reply", (2**24,), CheckVerdict.FAILED, "larger than"),
        ("items", (10**6,), CheckVerdict.FAILED, "entries"),
        ("nest", (), CheckVerdict.FAILED, "deep"),
        ("cycle", (), CheckVerdict.FAILED, "deep"),
        ("placeholder", (), CheckVerdict.NOT_STARTED, ""),
    ],
)
def test_a_call_that_goes_wrong_has_a_verdict(
    submitted: Any, name: str, arguments: tuple[Any, ...], verdict: str, message: str
) -> None:
    with submitted.check() as student:
        found, said = ending(getattr(student, name), *arguments)
        assert found == verdict
        assert message in said
    with submitted.check() as student:
        assert student.fine(2) == 2


def test_a_check_goes_on_after_an_exception(submitted: Any) -> None:
    with submitted.check() as student:
        for name in ("recurse", "leave_politely", "nest"):
            ending(getattr(student, name))
        assert student.fine("still here") == "still here"


def test_calls_after_the_end_of_the_process_fail_too(submitted: Any) -> None:
    with submitted.check() as student:
        for _ in range(3):
            assert ending(student.leave)[0] == CheckVerdict.CRASHED


def test_much_printing_neither_blocks_nor_fills_memory(submitted: Any) -> None:
    with submitted.check() as student:
        assert student.print_much(5) == 5
    assert len(submitted.printed) == LIMITS.output
    assert submitted.printed.endswith(b"o\nthe end\n")


def test_printing_while_a_large_argument_is_on_its_way(submitted: Any) -> None:
    with submitted.check() as student:
        assert student.print_in_the_background() == "started"
        np.testing.assert_array_equal(student.fine(np.ones(10**6)), np.ones(10**6))


def test_printing_for_ever_does_not_hold_up_the_end_of_a_check(submitted: Any) -> None:
    with submitted.check() as student:
        student.print_in_the_background()


def test_streams_may_be_broken(submitted: Any) -> None:
    with submitted.check() as student:
        assert student.break_printing() == 1
        assert student.fine(3) == 3


WORK = """
import time

def work(seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
"""


def test_time_is_counted_per_call_and_summed_up(submit: Callable[..., Any]) -> None:
    submitted = submit(WORK, limits=Limits(call_cpu=0.4, call_wall=20, total_cpu=0.7))
    with submitted.check() as student:
        student.work(0.25)
        student.work(0.25)  # more than one call may use, but in two
    with submitted.check() as student:
        assert ending(student.work, 0.35)[0] == CheckVerdict.TIMEOUT
    assert 0.4 < 0.7 - submitted.budget.cpu < 0.7
    said = ""
    for _ in range(50):
        if "earlier calls used up the time" not in said:
            with submitted.check() as student:
                verdict, said = ending(lambda module: module.work(1), student)
            assert verdict == CheckVerdict.TIMEOUT
    assert "above all of work" in said


def test_the_module_is_executed_while_the_check_gets_ready_and_that_time_is_free(
    submit: Callable[..., Any],
) -> None:
    submitted = submit("import time\nbegun = time.monotonic()", limits=Limits(call_wall=2, total_wall=2.4))
    with submitted.check() as student:
        time.sleep(2.5)
        ready = time.monotonic()
        assert student.begun < ready
    assert submitted.budget.wall > 0


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("while True: pass", CheckVerdict.TIMEOUT),
        ("import os; os._exit(0)", CheckVerdict.CRASHED),
        ("import sys; sys.exit()", CheckVerdict.CRASHED),
        ("raise NotImplementedError", CheckVerdict.NOT_STARTED),
        ("1 / 0", CheckVerdict.FAILED),
        ("x = bytearray(10**12)", CheckVerdict.MEMORY),
        ("__name__ = 5; globals()[7] = 1", CheckVerdict.FAILED),
    ],
)
def test_a_module_that_can_not_be_executed(submit: Callable[..., Any], source: str, verdict: str) -> None:
    submitted = submit(source, limits=LIMITS)
    with submitted.check() as student:
        for _ in range(2):  # a check may ask again
            assert ending(getattr, student, "anything")[0] == verdict
