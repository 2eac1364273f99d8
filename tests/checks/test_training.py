"""Training ends as soon as the net can what is asked of it."""

import pytest

from autograder.checks import train_until


@pytest.mark.parametrize(
    ("least", "steps", "taken", "looks"),
    [
        (20, 100, 20, [10, 20]),
        (1, 100, 10, [10]),
        (25, 100, 30, [10, 20, 30]),
        (1000, 30, 30, [10, 20, 30]),
        (1000, 24, 24, [10, 20, 24]),
        (1000, 3, 3, [3]),
    ],
)
def test_looks_every_ten_steps_and_after_the_last(least, steps, taken, looks):
    numbers, seen = [], []

    def look():
        seen.append(len(numbers))
        return float(len(numbers))

    assert train_until(least, look, numbers.append, steps=steps) == taken
    assert numbers == list(range(taken))
    assert seen == looks
