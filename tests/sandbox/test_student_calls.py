"""What the sandboxed process does with a function besides calling it."""

import gc
from collections.abc import Iterator

import pytest

from autograder.sandbox.inside.student_calls import count_lines


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
