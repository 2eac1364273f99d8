"""Our own variants' loops end, after as many turns on every machine."""

import numpy as np
import pytest

from autograder.proxy import StudentProxy
from autograder.proxy.channel import DirectChannel
from autograder.proxy.transcript import Transcript
from autograder.proxy.while_loops import MOST_TURNS

SOURCE = """\
def halvings(x):
    turns = 0
    while x > 1:
        x = x / 2
        turns += 1
    return turns


def endless(x):
    while True:
        x = x + 1


def counted_down(n):
    while n:
        n -= 1
    return n
"""


def direct(transcript: Transcript) -> StudentProxy:
    return StudentProxy(DirectChannel(SOURCE, "work"), "work", transcript)


def test_a_loop_that_ends_is_as_it_was() -> None:
    with direct(Transcript()) as student:
        assert student.halvings(np.float64(1000.0)) == 10
        assert student.counted_down.lines(9) - student.counted_down.lines(5) == 4 * 2


def test_a_loop_that_never_ends_is_stopped() -> None:
    transcript = Transcript()
    with direct(transcript) as student, pytest.raises(IndexError):
        student.endless(0)
    assert transcript.entries[0].form.startswith("raised IndexError")


def test_turns_are_counted_over_all_calls_of_a_check() -> None:
    with direct(Transcript()) as student:
        assert student.counted_down(MOST_TURNS // 2 + 1) == 0
        with pytest.raises(IndexError):
            student.counted_down(MOST_TURNS // 2 + 1)
