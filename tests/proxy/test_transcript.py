"""Two submissions gave the same outputs when all of them agree up to rounding, each in its own size."""

import weakref

import numpy as np
import pytest

from autograder.proxy.transcript import MOST_PARTS, MOST_ROOM, Transcript, alike

GRADIENT = np.array([0.2, -0.4, 0.2])


def transcript(value: object) -> Transcript:
    result = Transcript()
    result.note("loss", value)
    return result


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1e12, GRADIENT), (1e12, 1.2 * GRADIENT)),
        ([GRADIENT, 3.0], [GRADIENT, 3.1]),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.1]),
        ((1.0, GRADIENT), [1.0, GRADIENT[:, None]]),
        ((1.0, GRADIENT), (1.0, np.full(3, np.nan))),
        ((1.0, GRADIENT), (1.0, None)),
        ((np.nan, GRADIENT), (np.nan, 1.2 * GRADIENT)),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.1])),
        (np.array([np.nan, 1.0]), np.array([np.inf, 1.0])),
        ((1e300, np.array([np.nan, 1e300])), (1e300, np.array([1e300, np.nan]))),
        (ValueError("a"), ValueError("b")),
        (None, ValueError("None")),
    ],
)
def test_outputs_that_differ_are_told_apart(one: object, other: object):
    assert not alike(transcript(one), transcript(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1e12, GRADIENT), (1e12 * (1 + 1e-15), GRADIENT * (1 + 1e-15))),
        ((1.0, np.zeros(3)), (1.0, np.array([1e-17, 0.0, -1e-17]))),
        ((1.0, GRADIENT), (np.array(1.0), GRADIENT.copy())),
        ([1.0, 1e-17], [1.0, 0.0]),
        ((np.nan, GRADIENT), (np.nan, GRADIENT)),
        ([], []),
        (ValueError("a"), ValueError("a")),
    ],
)
def test_outputs_that_differ_by_rounding_are_alike(one: object, other: object):
    assert alike(transcript(one), transcript(other))


def test_large_outputs_are_not_kept() -> None:
    """A submission may return tens of megabytes from every call; the grader's memory is not its to fill."""
    taken, first = Transcript(), np.zeros(2**20)
    kept = weakref.ref(first)
    taken.note("loss", (1.0, first))
    for _ in range(MOST_ROOM // first.nbytes):
        taken.note("loss", (1.0, np.zeros(2**20)))
    del first
    assert kept() is None
    assert len(taken.entries) == MOST_ROOM // (8 * 2**20) + 1


def test_endless_answers_take_only_so_much_room() -> None:
    taken = Transcript()
    for number in range(3 * MOST_PARTS):
        taken.note("loss", float(number))
        if number % 1000 == 0:
            taken.condense()
    assert MOST_PARTS <= len(taken.entries) <= MOST_PARTS + 1001
    assert taken.functions() == {"loss"}


def test_what_the_check_does_to_an_answer_later_is_no_part_of_it() -> None:
    answer = {"step": [1.0]}
    taken = transcript(answer)
    answer["step"].append(2.0)
    answer["more"] = [3.0]
    assert alike(taken, transcript({"step": [1.0]}))
