"""Inputs for all that reads what comes from the sandbox, and what must hold for every one of them.

`python -m tests.sandbox.fuzz 1000000` makes that many: frames that Hypothesis finds, and a hundred random
mutants of each. It stops at the first that crashes, hangs, or takes more memory than a frame may.
"""

import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgpack
import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from autograder.proxy import StudentProxy
from autograder.proxy.channel import CallBack
from autograder.proxy.transcript import Transcript
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.generators import encode_generator
from autograder.sandbox.inside.messages import (
    QUESTIONS,
    REPLIES,
    Error,
    Names,
    Ok,
    Reply,
    Request,
    pack_message,
    unpack_message,
)
from autograder.verdicts import CheckVerdict, StudentCrashError, verdict_of

__all__ = ["FRAMES", "SESSIONS", "assert_decoded_or_refused", "assert_session_ends"]

TAGS = [
    "list",
    "tuple",
    "dict",
    "array",
    "scalar",
    "int",
    "complex",
    "dtype",
    "handle",
    "remote",
    "generator",
]
CODES = ["<f8", "<i8", "|b1", "|u1", "<c16", "<f2", ">f8", "|O", "O", "<U4", "<M8[s]", "V8", "", "<f9"]
#: Headers of long lists, maps, strings and extensions, true or not, and many lists in lists.
PIECES = [
    b"\xdd\x00\x0f\x42\x3f",
    b"\xc6\xff\xff\xff\xff",
    b"\xdf\x7f\xff\xff\xff",
    b"\xc9\0\0\0\x08\x01",
    b"\x91" * 40,
]
KINDS = ["Ok", "Error", *(question.__name__ for question in QUESTIONS), "Names", "Done", "Call", "maybe"]

numbers = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats()
words = st.sampled_from(
    [*TAGS, *CODES, *KINDS, "0x1", "-0x", "PCG64", "MT19937", "state", "call", "__class__"]
)
leaves = numbers | words | st.text(max_size=6) | st.binary(max_size=24)
shapes = st.lists(st.integers(-2, 5) | st.sampled_from([2**31, 2**62, 2**63 - 1]), max_size=4)
arrays = st.tuples(
    st.sampled_from(["array", "scalar"]), st.sampled_from(CODES), shapes, st.binary(max_size=40)
)
generators = st.integers(0, 99).map(lambda n: encode_generator(np.random.default_rng(n)))
values = st.recursive(
    leaves | arrays.map(list) | generators,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(st.sampled_from(TAGS), inner, inner).map(list)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=10,
)
errors = st.tuples(st.just("Error"), values, values, values, values, values).map(list)
questions = st.builds(
    lambda question, key, rest: [question.__name__, key, *rest],
    st.sampled_from(QUESTIONS),
    st.integers(-1, 2),
    st.lists(st.just("name") | values | st.just([]), max_size=2),
)
messages = st.tuples(st.sampled_from(KINDS), values, values).map(list) | errors | questions | values


def _packed(message: Any) -> bytes:
    return bytes(msgpack.packb(message, unicode_errors="surrogatepass"))


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """A well-formed message with bytes changed, put in, repeated or cut off."""
    body = bytearray(_packed(draw(messages)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        piece = draw(st.binary(max_size=5) | st.sampled_from(PIECES))
        body[at : at + draw(st.integers(0, 3))] = piece
    return bytes(body)


FRAMES = messages.map(_packed) | _damaged() | st.binary(max_size=120)
SESSIONS = st.lists(FRAMES, max_size=6)


def _refuse(tagged: wire.Tagged) -> Any:
    raise wire.WireError(f"not plain: {tagged[0]}")


def assert_decoded_or_refused(body: bytes) -> None:
    """What is decoded without an error can be sent again, and arrives the same."""
    try:
        value = wire.decode(wire.unpack(body), _refuse)
    except wire.WireError:
        return
    again = wire.pack(wire.encode(value, _refuse))
    assert wire.pack(wire.encode(wire.decode(wire.unpack(again), _refuse), _refuse)) == again


class _Scripted:
    """A channel whose other end says what it is told to, whatever it is asked."""

    def __init__(self, replies: list[bytes]):
        self._replies: Iterator[bytes] = iter(replies)

    def start(self) -> None:
        pass

    def open(self) -> Names:
        return Names([("f", "callable"), ("value", "value")])

    def exchange(self, label: str, request: Request, call_back: CallBack) -> Reply:
        while True:
            try:
                message = unpack_message(next(self._replies), *REPLIES, *QUESTIONS)
            except StopIteration:
                raise StudentCrashError("the end") from None
            except wire.WireError as error:
                raise StudentCrashError("garbled") from error
            if isinstance(message, (Ok, Error)):
                return message
            assert b"secret" not in pack_message(call_back(message))

    def close(self) -> None:
        pass


def assert_session_ends(replies: list[bytes]) -> None:
    """Whatever is replied, a request returns plain data or raises an ordinary exception with a verdict."""
    secret = "a-secret-of-the-check"
    with StudentProxy(_Scripted(replies), "work", Transcript()) as student:
        for use in (
            lambda: student.f(np.zeros(3), [1, 2], {"a": 1}, np.random.default_rng(1), lambda x: len(secret)),
            lambda: student.value,
            lambda: student.f.over(0, np.zeros(2), output=0).map([np.ones(2)] * 3),
            lambda: student.f.lines(1),
            lambda: student.f(1).attribute[0],
        ):
            assert _verdict(use) != CheckVerdict.PASSED


def _verdict(use: Callable[[], Any]) -> str:
    try:
        use()
    except Exception as error:
        return verdict_of(error)
    return "returned"


def main(count: int, start: int) -> None:
    """Make inputs until there are enough of them, and report now and then."""
    made, begun = 0, time.monotonic()
    while made < count:
        corpus = _corpus(start + made)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        made += _mutants(corpus, start + made)
        taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        print(f"{made} inputs, {time.monotonic() - begun:.0f} s, {taken} MB more", flush=True)
        assert taken <= wire.MAX_FRAME // 2**20, "memory beyond what a frame may hold"


def _corpus(number: int) -> list[bytes]:
    """Return frames that Hypothesis finds, other ones for every number."""
    found: list[bytes] = []

    @seed(number)
    @settings(
        max_examples=1000,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(FRAMES)
    def collect(body: bytes) -> None:
        found.append(body)

    collect()
    return found


def _mutants(corpus: Sequence[bytes], number: int) -> int:
    """Try every frame of the corpus, a hundred mutants of each, and sessions of them; return how many."""
    chance = random.Random(number)
    tried = 0
    for body in corpus:
        signal.setitimer(signal.ITIMER_PROF, 20)  # ends the program where something hangs; counts CPU time
        mutants = [body, *(_mutated(body, corpus, chance) for _ in range(99))]
        for mutant in mutants:
            assert_decoded_or_refused(mutant)
        assert_session_ends(mutants[:10])
        tried += len(mutants)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return tried


def _mutated(body: bytes, corpus: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the frame with bytes changed, put in, cut out, or taken from another frame."""
    content = bytearray(body)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randint(0, len(content)), chance.randint(0, 4)
        way = chance.randrange(4)
        if way == 0:
            content[at : at + length] = chance.randbytes(length)
        elif way == 1:
            content[at:at] = chance.choice(PIECES)
        elif way == 2:
            del content[at : at + length]
        else:
            other = chance.choice(corpus)
            begin = chance.randint(0, len(other))
            content[at : at + length] = other[begin : begin + chance.randint(0, 16)]
    return bytes(content)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
