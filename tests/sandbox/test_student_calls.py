"""What the sandboxed process does with a function besides calling it."""

import gc
from collections.abc import Iterator

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


@pytest.mark.parametrize("answer", [np.ones((2, 3)), 2.5, np.float64(2.5)])
def test_one_array_is_not_taken_apart_where_several_values_are_due(answer: object) -> None:
    """Its first row would be measured in place of the output."""
    with pytest.raises(TypeError, match="should return several values, but it returned one number or array"):
        Over(lambda x: answer, 0, None, output=0)(np.ones(3))


def test_a_list_of_values_is_taken_apart() -> None:
    assert Over(lambda x: [x, "cache"], 0, None, output=0)(2.0) == 2.0
    assert Over(lambda x: x, 0, None)(2.0) == 2.0
