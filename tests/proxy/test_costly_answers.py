"""Answers that are made to cost whoever looks at them: refused, or looked at within bounds."""

import pickle
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.answers.flat import MOST_PARTS, Numbers
from autograder.grading.feedback import tidy
from autograder.proxy import StudentProxy
from autograder.proxy.callbacks import Exports
from autograder.proxy.channel import DirectChannel
from autograder.proxy.entries import condense
from autograder.proxy.errors import remake
from autograder.proxy.transcript import MOST_ROOM, Transcript
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.generators import SAFE, decode_generator, encode_generator, is_advanced
from autograder.sandbox.inside.messages import AskCall, Error
from autograder.verdicts import StudentCrashError

#: All of these have one hash.
PRIME = 2**61 - 1


def received(value: Any) -> Any:
    def refuse(_: Any) -> Any:
        raise wire.WireError("not plain")

    return wire.decode(wire.unpack(wire.pack(wire.encode(value, refuse))), refuse)


def test_keys_that_collide_are_refused() -> None:
    with pytest.raises(wire.WireError, match="collide"):
        received({PRIME * k: 0 for k in range(1, 20)})


def test_keys_that_happen_to_collide_are_not() -> None:
    value = {-1: "a", -2: "b", PRIME - 1: "c", "x": 1, 0.5: 2, (1, 2): 3}
    assert received(value) == value


def test_one_long_text_among_many_entries_is_refused() -> None:
    with pytest.raises(wire.WireError, match="a text of 20000000 characters among 5"):
        received(["", "", "", "x" * 20_000_000])
    assert len(received(["x" * 10_000] * 100)) == 100


@pytest.mark.parametrize("kind", sorted(SAFE))
@pytest.mark.parametrize("steps", [0, 1, 1000, 2**39])
def test_a_generator_may_come_back_advanced(kind: str, steps: int) -> None:
    before = np.random.Generator(getattr(np.random, kind)(1))
    after = decode_generator(*encode_generator(before)[1:])
    after.bit_generator.advance(steps)  # type: ignore[attr-defined]
    assert is_advanced(after, before)
    assert is_advanced(before, after) == (steps == 0)


def test_a_generator_of_another_stream_is_none_of_the_checks() -> None:
    assert not is_advanced(np.random.default_rng(1), np.random.default_rng(2))
    far = np.random.default_rng(1)
    far.bit_generator.advance(2**50)  # type: ignore[attr-defined]
    assert not is_advanced(far, np.random.default_rng(1))


@pytest.mark.parametrize("increment", ["0x0", "0x2", hex(2**127)])
def test_a_generator_that_gives_one_number_for_ever_is_refused(increment: str) -> None:
    state = encode_generator(np.random.default_rng(1))[2]
    forged = [[key, [["state", "0x0"], ["inc", increment]] if key == "state" else v] for key, v in state]
    with pytest.raises(ValueError, match="even"):
        decode_generator("PCG64", forged, SAFE)


SETS_STATE = """
import numpy as np

def draw(rng):
    return rng.normal()

def rewind(rng):
    rng.bit_generator.state = np.random.default_rng(5).bit_generator.state
    return 1.0
"""


def test_a_check_draws_on_from_where_the_student_stopped_and_from_nowhere_else() -> None:
    rng, twin = np.random.default_rng(3), np.random.default_rng(3)
    with StudentProxy(DirectChannel(SETS_STATE, "work"), "work", Transcript()) as student:
        assert student.draw(rng) == twin.normal()
        assert rng.normal() == twin.normal()
        with pytest.raises(StudentCrashError, match="rewind has set the state of the generator"):
            student.rewind(rng)
        assert rng.normal() == twin.normal()


@pytest.mark.parametrize(
    "value",
    [
        [1.5, "a"] * 100_000,
        [[1.5, "a"]] * 60_000,
        [None] * 200_000,
        [np.zeros(0)] * 50_000,
        {f"{i:06d}": float(i) for i in range(50_000)},
        {"k" * 1_000_000: {str(i): {"x": 1.0} for i in range(20_000)}},
        ["x" * 100_000] * 500,
        [10**300 + i for i in range(20_000)],
    ],
    ids=["kinds", "lists", "nones", "empty", "dictionary", "key", "texts", "integers"],
)
def test_little_is_kept_of_what_is_no_array(value: object) -> None:
    began = time.process_time()
    taken = Transcript()
    taken.note("f", value)
    taken.condense()
    assert time.process_time() - began < 10
    assert len(pickle.dumps(taken)) < 6_000_000
    assert taken.parts <= MOST_PARTS


def test_what_follows_the_first_thousands_still_tells_lists_of_numbers_apart() -> None:
    one, other = [float(i) for i in range(20_000)], [float(i) for i in range(20_000)]
    other[-1] += 1.0
    (a,), (b,) = condense("f", one, None, {}).parts, condense("f", other, None, {}).parts
    assert a.size == 20_000
    assert a.distance(b) > 1e-7


ARRAYS = st.lists(
    st.sampled_from(["<i1", "<f4", "<f8", "|b1", "<i8"]).flatmap(
        lambda code: st.integers(0, 40).map(lambda size: np.arange(size).astype(code))
    ),
    min_size=1,
    max_size=8,
)


@given(ARRAYS, st.integers(1, 50))
def test_blocks_are_those_of_all_arrays_together(arrays: list[np.ndarray], length: int) -> None:
    whole = np.concatenate([array.astype(float) for array in arrays])
    for numbers in (Numbers(arrays), apart(arrays)):
        blocks = list(numbers.blocks(length))
        assert [block.size for block in blocks[:-1]] == [length] * (len(blocks) - 1)
        np.testing.assert_array_equal(np.concatenate([*blocks, np.zeros(0)]), whole)
        places = np.arange(whole.size)
        np.testing.assert_array_equal(numbers.at(places), whole)


def apart(arrays: list[np.ndarray]) -> Numbers:
    """Return them as those too large to be put together."""
    numbers = Numbers(arrays[:1])
    numbers._arrays, numbers.size = list(arrays), sum(array.size for array in arrays)
    return numbers


def test_a_dictionary_counts_for_what_it_holds() -> None:
    taken = Transcript()
    for _ in range(MOST_ROOM // (8 * 10**6) + 1):
        taken.note("f", {"a": np.zeros(10**6)})
    assert taken._room < MOST_ROOM
    assert taken._entries


def test_of_the_checks_own_exceptions_few_hold_what_they_were_given() -> None:
    exports = Exports()
    key = exports.export(lambda value: value[0])[1]
    for _ in range(100):
        exports.answer(AskCall(key, [0], []))
    held = [exports.original(number) for number in range(100)]
    assert all(isinstance(error, TypeError) for error in held)
    assert sum(error is not None and error.__traceback__ is not None for error in held) <= 2


def test_a_forged_exception_is_cut() -> None:
    frames = [(1, "f" * 1000)] * 1000
    error = remake(Error("E" * 1000, ["ValueError"] * 1000, "1" * 100_000, frames, None))
    assert len(str(error)) == 2000
    assert len(pickle.dumps(error)) < 10_000


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "-1" * 100_000, "1." * 100_000, "1.1" * 60_000, "\x1b" * 200_000]
)
def test_a_text_is_made_tidy_at_once(text: str) -> None:
    began = time.process_time()
    assert len(tidy(text)) < 4100
    assert time.process_time() - began < 2


def test_tidy_rounds_as_it_did() -> None:
    assert (
        tidy("it is 3.14159265e-07, -2.71828, 1.5 and 2-122.1221")
        == "it is 3.142e-07, -2.718, 1.5 and 2-122.1"
    )
