"""What the sandboxed process does with a function besides calling it."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from autograder.sandbox.inside.student_calls import Over, count_lines


def make_lists(count: int) -> list[list[int]]:
    return list(map(list, [()] * count))


@pytest.fixture
def _noisy_collector() -> Iterator[None]:
    def callback(phase: str, info: dict[str, int]) -> None:
        del phase, info

    gc.callbacks.append(callback)
    yield
    gc.callbacks.remove(callback)


@pytest.mark.usefixtures("_noisy_collector")
def test_lines_of_the_garbage_collector_are_not_counted() -> None:
    """When it runs is chance; what it runs, finalizers and callbacks of others, would cost points."""
    assert count_lines(make_lists, 100_000) == count_lines(make_lists, 1)
    assert gc.isenabled()


def loop(n: int) -> int:
    return sum(i for i in range(n))


def in_a_thread(n: int) -> None:
    thread = threading.Thread(target=loop, args=(n,))
    thread.start()
    thread.join()


def with_tracing_off(n: int) -> None:
    before = sys.gettrace()
    sys.settrace(None)
    loop(n)
    sys.settrace(before)


def with_tracing_replaced(n: int) -> None:
    sys.settrace(sys.gettrace() and (lambda *_: None))
    loop(n)


@pytest.mark.parametrize("way", [in_a_thread, with_tracing_off, with_tracing_replaced])
def test_lines_do_not_escape_the_count_by_simple_means(way: Callable[[int], None]) -> None:
    """At the first, uncounted call everything is allowed; coverage's own tracing would be replaced by it."""
    tracing, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    try:
        with pytest.raises(RuntimeError, match="can't be counted"):
            count_lines(way, 100)
        assert (sys.gettrace(), threading.gettrace()) == (None, in_threads)
    finally:
        sys.settrace(tracing)
    assert count_lines(loop, 100) - count_lines(loop, 10) == 90 * (
        count_lines(loop, 2) - count_lines(loop, 1)
    )


@pytest.mark.parametrize("answer", [np.ones((2, 3)), 2.5, np.float64(2.5)])
def test_one_array_is_not_taken_apart_where_several_values_are_due(answer: object) -> None:
    """Its first row would be measured in place of the output."""
    with pytest.raises(TypeError, match="should return several values, but it returned one number or array"):
        Over(lambda x: answer, 0, None, output=0)(np.ones(3))


def test_a_list_of_values_is_taken_apart() -> None:
    assert Over(lambda x: [x, "cache"], 0, None, output=0)(2.0) == 2.0
    assert Over(lambda x: x, 0, None)(2.0) == 2.0
