"""The wire carries plain data exactly and nothing else; any other bytes are an error."""

import copy
import math
import random
import resource
import struct
from typing import Any

import hypothesis.extra.numpy as hnp
import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.generators import SAFE, decode_generator, encode_generator

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
KINDS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]

arrays = st.sampled_from(DTYPES).flatmap(
    lambda code: hnp.arrays(code, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
texts = st.text(st.characters(), max_size=8)  # lone surrogates too
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | texts | arrays
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(texts | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


def refuse(value: Any) -> Any:
    raise wire.WireError(f"not plain: {value!r}")


def there(value: Any) -> Any:
    return wire.decode(wire.unpack(wire.pack(wire.encode(value, refuse))), refuse)


def same(one: Any, other: Any) -> bool:
    """Equal in type and content, bit by bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (one.shape, one.dtype, one.tobytes()) == (other.shape, other.dtype, other.tobytes())
    if isinstance(one, dict):
        return len(one) == len(other) and all(
            same(a, b) for a, b in zip(one.items(), other.items(), strict=True)
        )
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (float, complex)):
        return repr(one) == repr(other)
    return bool(one == other)


@given(values)
def test_plain_data_arrive_as_they_were(value: Any) -> None:
    assert same(there(value), value)


@given(arrays)
def test_arrays_can_not_be_written_to(array: np.ndarray) -> None:
    received = there(array)
    assert not received.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        received[...] = 0


@pytest.mark.parametrize("code", DTYPES)
def test_numpy_scalars_keep_their_type(code: str) -> None:
    value = np.ones((), dtype=code)[()]
    received = there(value)
    assert type(received) is type(value)
    assert received == value


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 3**2000, -(3**2000)])
def test_integers_of_any_practical_size(number: int) -> None:
    assert there(number) == number


def test_integers_that_python_would_not_print_are_refused() -> None:
    with pytest.raises(wire.WireError, match="bits"):
        there(10**4300)


def test_signed_zero_infinities_and_nan() -> None:
    received = there([-0.0, math.inf, -math.inf, math.nan])
    assert list(map(str, received)) == ["-0.0", "inf", "-inf", "nan"]


def test_subclasses_travel_as_what_they_extend() -> None:
    class Count(int):
        pass

    class Rate(float):
        pass

    received = there([Count(3), Rate(-0.0), np.str_("a"), np.ma.masked_array([1.0, 2.0])])
    assert [type(v) for v in received] == [int, float, str, np.ndarray]
    assert str(received[1]) == "-0.0"


def test_foreign_byte_order_and_strides() -> None:
    array = np.arange(12, dtype=">f8").reshape(3, 4)[::2, ::-1]
    received = there(array)
    assert received.dtype == np.float64
    np.testing.assert_array_equal(received, array)


@pytest.mark.parametrize("code", DTYPES)
def test_dtypes_travel_by_name(code: str) -> None:
    assert there(np.dtype(code)) == np.dtype(code)
    assert there(np.dtype(code).type) == np.dtype(code)


@pytest.mark.parametrize(
    "value", [object(), len, b"bytes", {1, 2}, np.array([None]), np.array(["a"]), range(3)]
)
def test_what_is_not_plain_goes_to_the_exporter(value: Any) -> None:
    exported: list[Any] = []
    wire.encode([value], lambda v: exported.append(v) or ["handle", 0])
    assert exported[0] is value


@pytest.mark.parametrize("kind", KINDS)
def test_generators_continue_where_they_stood(kind: str) -> None:
    rng = np.random.Generator(getattr(np.random, kind)(5))
    rng.normal(size=3)
    rng.integers(9, dtype=np.uint32)  # leaves half a word behind
    tagged = wire.unpack(wire.pack(encode_generator(rng)))
    twin = decode_generator(*tagged[1:])
    np.testing.assert_array_equal(
        twin.integers(2**32, size=700, dtype=np.uint32),
        copy.deepcopy(rng).integers(2**32, size=700, dtype=np.uint32),
    )


@pytest.mark.parametrize("kind", sorted(set(KINDS) - SAFE))
def test_kinds_whose_state_can_point_anywhere_are_not_taken_back(kind: str) -> None:
    tagged = encode_generator(np.random.Generator(getattr(np.random, kind)(5)))
    with pytest.raises(ValueError, match="no such"):
        decode_generator(tagged[1], tagged[2], SAFE)


def test_generators_are_no_plain_data() -> None:
    tagged = encode_generator(np.random.default_rng(1))
    with pytest.raises(wire.WireError, match="not plain"):
        wire.decode(tagged, refuse)


# Frames that no honest sender makes.


def assert_plain_or_refused(body: bytes) -> None:
    """Whatever is decoded without an error is plain: it can be sent again, and arrives the same."""
    try:
        value = wire.decode(wire.unpack(body), refuse)
    except wire.WireError:
        return
    assert same(there(value), value)


@given(st.binary(max_size=200))
def test_random_bytes_are_plain_data_or_an_error(body: bytes) -> None:
    assert_plain_or_refused(body)


@given(values, st.data())
def test_damaged_frames_are_plain_data_or_an_error(value: Any, data: st.DataObject) -> None:
    body = bytearray(wire.pack(wire.encode(value, refuse)))
    position = data.draw(st.integers(0, len(body) - 1))
    body[position] = data.draw(st.integers(0, 255))
    assert_plain_or_refused(bytes(body[: data.draw(st.integers(0, len(body)))]))


TAGS = ["list", "tuple", "dict", "array", "scalar", "int", "complex", "dtype"]
numbers = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats()
words = st.text(max_size=3) | st.binary(max_size=9) | st.sampled_from([*TAGS, "<f8", "|b1", "0x1"])
nonsense = st.recursive(numbers | words, lambda inner: st.lists(inner, max_size=5), max_leaves=15)


@given(st.sampled_from(TAGS), st.lists(nonsense, max_size=5))
def test_well_formed_nonsense_is_plain_data_or_an_error(tag: str, rest: list[Any]) -> None:
    assert_plain_or_refused(wire.pack([tag, *rest]))


@pytest.mark.parametrize(
    "data",
    [
        ["array", "<f8", [2], b"\0" * 8],
        ["array", "<f8", [-1], b"\0" * 8],
        ["array", "<f8", [-1, -1], b"\0" * 8],
        ["array", "<f8", [2**40, 2**40], b""],
        ["array", "<f8", [0, 2**62], b""],
        ["array", "<f8", [True], b"\0" * 8],
        ["array", "<f8", [1.0], b"\0" * 8],
        ["array", "<f8", [1] * 100, b"\0" * 8],
        ["array", "<f8", "1", b"\0" * 8],
        ["array", "<f8", [1], "\0" * 8],
        ["array", "|O8", [1], b"\0" * 8],
        ["array", "O", [1], b"\0" * 8],
        ["array", "<U1", [1], b"\0" * 4],
        ["array", [["a", "<f8"]], [1], b"\0" * 8],
        ["array", "<f8"],
        ["scalar", "<f8", b"\0" * 16],
        ["int", 5],
        ["int", "0x" + "f" * 10**6],
        ["int", "nonsense"],
        ["complex", "a", "b"],
        ["dtype", "O"],
        ["dtype", ["f8"]],
        ["dict", 1],
        ["dict", "a", 1, "a", 2],
        ["dict", ["list"], 1],
        ["dict", ["array", "<f8", [], b"\0" * 8], 1],
        [],
        [1],
        b"bytes",
    ],
)
def test_lies_are_errors(data: Any) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(wire.unpack(wire.pack(data)), refuse)


def test_bytes_other_than_0_and_1_make_ordinary_truths() -> None:
    received = wire.decode(["array", "|b1", [3], b"\0\1\x7f"], refuse)
    assert received.tobytes() == b"\0\1\1"
    assert received.sum() == 2


def nested(levels: int) -> Any:
    value: Any = 1.0
    for _ in range(levels):
        value = [value]
    return value


def test_depth_has_a_limit_on_both_sides() -> None:
    assert there(nested(wire.MAX_DEPTH)) == nested(wire.MAX_DEPTH)
    with pytest.raises(wire.WireError, match="deep"):
        there(nested(wire.MAX_DEPTH + 1))
    forged: Any = 1.0
    for _ in range(400):
        forged = ["list", forged]
    with pytest.raises(wire.WireError, match="deep"):
        wire.decode(wire.unpack(wire.pack(forged)), refuse)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",  # never used in msgpack
        b"\x93\x01",  # truncated
        b"\x01\x01",  # something after the end
        b"\x91" * 100_000 + b"\xc0",
        b"\x81\x01\x02",  # a map
        b"\xc7\x05\x01abcde",  # an extension
        b"\xd6\xff\0\0\0\0",  # a timestamp
        b"\xc6" + struct.pack(">I", 2**32 - 1) + b"short",
        b"\xdd" + struct.pack(">I", 2**32 - 1) + b"\xc0" * 100,
    ],
)
def test_malformed_frames_are_errors(body: bytes) -> None:
    with pytest.raises(wire.WireError, match="malformed"):
        wire.unpack(body)


def peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize(
    "body",
    [
        # A thousand lists in lists, each of which says that it holds a million entries.
        b"\xdd\x00\x0f\x42\x3f" * 1000 + b"\xc0" * 2_000_000,
        # Forty million empty lists, in forty lists.
        pytest.param(
            b"\xdc\x00\x28" + (b"\xdd\x00\x0f\x42\x3f" + b"\x90" * 999_999) * 40, marks=pytest.mark.long
        ),
    ],
    ids=["nested", "flat"],
)
def test_frames_that_declare_much_take_little(body: bytes) -> None:
    before = peak_memory()
    with pytest.raises(wire.WireError):
        wire.unpack(body)
    assert peak_memory() - before < 250 * 2**20


def test_messages_too_large_or_too_long_are_not_sent() -> None:
    with pytest.raises(wire.WireError, match="larger"):
        wire.pack(wire.encode(np.zeros(wire.MAX_FRAME // 8), refuse))
    with pytest.raises(wire.WireError, match="entries"):
        wire.encode([0] * wire.MAX_ITEMS, refuse)


def test_nothing_is_unpickled() -> None:
    """The content of an array is bytes; a dtype with objects in it is refused before NumPy sees it."""
    body = msgpack.packb(["array", "|O", [1], random.Random(0).randbytes(8)])
    with pytest.raises(wire.WireError, match="not allowed"):
        wire.decode(wire.unpack(body), refuse)
