"""The messages: each arrives as it was sent, all else is refused, and the documentation lists them all."""

import inspect
import re
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.inside import messages, wire
from autograder.sandbox.inside.messages import (
    QUESTIONS,
    REPLIES,
    REQUESTS,
    Error,
    Message,
    Ok,
    pack_message,
    unpack_message,
)

DOCUMENT = Path(__file__).parents[2] / "docs/architecture.md"
ALL: list[type[Message]] = [
    value
    for value in vars(messages).values()
    if inspect.isclass(value) and issubclass(value, Message) and value is not Message
]

scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False)
plain = st.recursive(
    scalars | st.text("ab") | st.binary(max_size=5), lambda inner: st.lists(inner, max_size=4)
)
OF_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    wire.Encoded: plain,
    type(None): st.none(),
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**64 - 1),
    float: st.floats(allow_nan=False),
    str: st.text("a\xe9\u20ac\udc80", max_size=5),  # a lone surrogate too
    bytes: st.binary(max_size=5),
}


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a field of that type."""
    inner = [of_type(argument) for argument in get_args(hint)]
    if get_origin(hint) is list:
        return st.lists(inner[0], max_size=3)
    if get_origin(hint) is tuple:
        return st.tuples(*inner)
    return st.one_of(inner) if get_origin(hint) is UnionType else OF_TYPE[hint]


def fields_of(form: type[Message]) -> dict[str, Any]:
    hints = get_type_hints(form)
    return {name: hints[name] for name in form._fields}


def any_message(form: type[Message]) -> st.SearchStrategy[Message]:
    return st.builds(form, *(of_type(hint) for hint in fields_of(form).values()))


MESSAGES = st.sampled_from(ALL).flatmap(any_message)


def sent(message: Message) -> list[Any]:
    """Return the list that a message travels as."""
    content: list[Any] = wire.unpack(pack_message(message))
    return content


@given(MESSAGES)
def test_every_message_arrives_as_it_was_sent(message: Message) -> None:
    assert unpack_message(pack_message(message), *ALL) == message
    assert unpack_message(pack_message(message), type(message)) == message


@given(MESSAGES, st.sampled_from(ALL))
def test_only_what_is_expected_is_taken(message: Message, other: type[Message]) -> None:
    if not isinstance(message, other):
        with pytest.raises(wire.WireError, match="not expected"):
            unpack_message(pack_message(message), other)


@given(MESSAGES, st.data())
def test_a_wrong_number_of_fields_is_refused(message: Message, data: st.DataObject) -> None:
    content = sent(message)
    count = data.draw(st.integers(0, len(content) + 2).filter(lambda n: n != len(content) - 1))
    with pytest.raises(wire.WireError, match="fields instead of"):
        unpack_message(wire.pack([*content, None, None, None][: count + 1]), *ALL)


RIGHT_AND_WRONG: dict[Any, tuple[Any, Any]] = {
    bool: (True, 1),
    int: (1, True),
    float: (1.0, 1),
    str: ("text", b"text"),
    int | None: (None, 1.0),
    str | None: (None, b"text"),
    list[bytes]: ([b""], [b"", "text"]),
    list[str]: (["text"], ["text", 1]),
    list[wire.Encoded]: ([1, None], b"no list"),
    list[tuple[str, bytes]]: ([["key", b""]], [["key", b"", 1]]),
    list[tuple[str, str]]: ([["name", "value"]], [["name", "value"], ["name"]]),
    list[tuple[str, int]]: ([["CPU", 1]], ["ab"]),
    list[tuple[int, str]]: ([[1, "f"]], [[1.0, "f"]]),
    list[tuple[str, wire.Encoded]]: ([["key", None]], [[1, None]]),
    list[tuple[int | str, wire.Encoded]]: ([[0, 1], ["key", 2]], [[True, 2]]),
    tuple[int, int]: ([1, 2], [1, 2, 3]),
    tuple[list[str], list[str], list[str]] | None: (None, [[], [], [1]]),
    tuple[bytes, bytes] | None: ([b"", b""], [b""]),
    messages.Target: (["name", "f"], ["name", None]),
    wire.Encoded: (1, None),
}


@pytest.mark.parametrize(
    ("form", "name"),
    [(form, name) for form in ALL for name, hint in fields_of(form).items() if hint is not wire.Encoded],
)
def test_a_field_of_a_wrong_type_is_refused(form: type[Message], name: str) -> None:
    fields = {name: RIGHT_AND_WRONG[hint] for name, hint in fields_of(form).items()}
    right = {name: value for name, (value, _) in fields.items()}
    unpack_message(wire.pack([form.__name__, *right.values()]), form)
    with pytest.raises(wire.WireError):
        unpack_message(wire.pack([form.__name__, *(right | {name: fields[name][1]}).values()]), form)


@given(st.binary(max_size=100))
def test_random_bytes_are_a_message_or_an_error(body: bytes) -> None:
    refused_or_message(body)


@given(plain | st.builds(lambda form, rest: [form.__name__, *rest], st.sampled_from(ALL), st.lists(plain)))
def test_well_formed_nonsense_is_a_message_or_an_error(content: Any) -> None:
    refused_or_message(msgpack.packb(content))


@given(MESSAGES, st.data())
def test_damaged_messages_are_messages_or_errors(message: Message, data: st.DataObject) -> None:
    body = bytearray(pack_message(message))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    refused_or_message(bytes(body[: data.draw(st.integers(0, len(body)))]))


def refused_or_message(body: bytes) -> None:
    """What is taken can be sent again; the only exception that anything raises is `WireError`."""
    try:
        message = unpack_message(body, *ALL)
    except wire.WireError:
        return
    assert type(message) in ALL
    assert pack_message(message) == wire.pack(wire.unpack(body))  # bytes, since NaN equals nothing


@pytest.mark.parametrize(
    "content", [[], {}, 5, None, "Ok", ["Ok"], [["Ok"], 1, []], [None], [b"ok", 1, []], ["ok", 1, []]]
)
def test_what_has_no_kind_is_refused(content: Any) -> None:
    with pytest.raises(wire.WireError):
        unpack_message(msgpack.packb(content), Ok, Error)


def test_a_message_has_the_caps_of_a_frame() -> None:
    with pytest.raises(wire.WireError, match="larger"):
        pack_message(Ok(bytes(wire.MAX_FRAME), []))
    many = msgpack.packb(["Ok", [0] * (wire.MAX_ITEMS // 2), [[0, 0]] * (wire.MAX_ITEMS // 4)])
    with pytest.raises(wire.WireError, match="malformed"):
        unpack_message(many, Ok)


def test_the_documentation_lists_every_message_with_its_fields() -> None:
    section = DOCUMENT.read_text("utf-8").partition("## The wire's messages")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z]\w+)` \| ([^|]*) \|", section, re.MULTILINE)
    listed = {(name, tuple(re.findall(r"`(\w+)`", fields))) for name, fields in rows}
    assert listed == {(form.__name__, form._fields) for form in ALL}


def test_each_side_can_tell_what_it_is_sent_from_what_it_sends() -> None:
    kinds = [{form.__name__ for form in group} for group in (REQUESTS, QUESTIONS, REPLIES)]
    assert len(set.union(*kinds)) == sum(map(len, kinds))
