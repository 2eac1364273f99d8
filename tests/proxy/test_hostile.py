"""A student who gets hold of the connection and forges replies gets a verdict, and learns nothing."""

from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np
import pytest

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.messages import Error, unpack_message
from autograder.sandbox.limits import Limits
from autograder.verdicts import CheckVerdict, verdict_of

SOURCE = '''
import os
import socket
import stat
import struct
import threading
import time

def connection():
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return socket.socket(fileno=os.dup(number))
        except OSError:
            pass

def descriptors():
    found = []
    for number in range(64):
        try:
            found.append(stat.S_IFMT(os.fstat(number).st_mode))
        except OSError:
            pass
    return found

def send(text):
    connection().sendall(bytes.fromhex(text))
    time.sleep(1000)

def send_and_leave(text):
    connection().sendall(bytes.fromhex(text))
    os._exit(0)

def dribble(text):
    peer = connection()
    peer.sendall(struct.pack(">I", 2**25))
    while True:
        peer.sendall(b"x")

def drain(peer):
    while peer.recv(2**20):
        pass

def flood(text, f):
    """Asks on and on without waiting for answers, so that there is always something to read."""
    peer = connection()
    threading.Thread(target=drain, args=(peer,), daemon=True).start()
    batch = bytes.fromhex(text) * 2000
    while True:
        peer.sendall(batch)

def forged(text, x):
    """Sends a question of its own and returns the answer."""
    peer = connection()
    body = bytes.fromhex(text)
    peer.sendall(struct.pack(">I", len(body)) + body)
    (length,) = struct.unpack(">I", peer.recv(4, socket.MSG_WAITALL))
    return peer.recv(length, socket.MSG_WAITALL).hex()
'''

LIMITS = Limits(call_cpu=0.3, call_wall=0.8)


@pytest.fixture(scope="module")
def submitted(submit: Callable[..., Any]) -> Any:
    return submit(SOURCE, limits=LIMITS)


def frame(message: Any) -> str:
    body = message if isinstance(message, bytes) else msgpack.packb(message)
    return (len(body).to_bytes(4, "big") + body).hex()


def ending(call: Callable[..., Any], *arguments: Any) -> tuple[str, str]:
    """Return the verdict on a call that must fail, and the message."""
    try:
        call(*arguments)
    except Exception as error:
        return verdict_of(error), str(error)
    raise AssertionError("the call did not fail")


DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]

FORGED = [
    b"garbage",
    b"",
    b"\xc1",
    b"\xdd\x00\x0f\x42\x3f" * 1000,
    b"\x91" * 10**5,
    [],
    {},
    5,
    ["Ok"],
    ["Ok", 1],
    ["Ok", 1, 2],
    ["Ok", 1, [[1]]],
    ["Ok", 1, {"a": 1}],
    ["Ok", ["handle", "x", "y", True], []],
    ["Ok", ["handle"], []],
    ["Ok", ["remote", 99], []],
    ["Ok", ["remote", None], []],
    ["Ok", ["generator", "MT19937", []], []],
    ["Ok", ["generator", "PCG64", DEEP], []],
    ["Ok", ["generator", "PCG64", [["bit_generator", "MT19937"]]], []],
    ["Ok", ["array", "<f8", [2**40], b""], []],
    ["Ok", ["unheard", 1], []],
    ["Ok", DEEP, []],
    ["Ok", {"a": 1}, []],
    ["maybe", 1, []],
    ["Error"],
    ["Error", 1, 2, 3, 4, 5],
    ["Error", "E", ["ValueError"], "m", [[float("inf"), "f"]], None],
    ["Error", "E", ["ValueError"], "m", [["1" * 5000, "f"]], None],
    ["Error", "E", ["ValueError"], "m", [1], None],
    ["Error", "E", ["ValueError"], "m", []],
    ["Error", "E", ["ValueError"], "m", [], "0"],
    ["Error", "E", ["ValueError"], "m", [], True],
    ["Names", []],
    ["Done"],
    ["AskCall", 0, [], [[1, 2]]],
    ["AskCall", True, [], []],
    ["AskGetAttr", 0, None],
    ["AskGetAttr", 0, 5],
    ["AskSetAttr", 0, "name"],
    ["call", ["name", "send"], [], [], False],
    ["find", 0],
    ["__init__", 0],
    [["AskCall"], 0, [], []],
    ["Error", "E", DEEP, "m", [], None],
    ["Error", DEEP, ["ValueError"], "m", [], None],
    ["Error", "E", ["SystemExit"], "m", [], None],
    ["Error", "E", ["KeyboardInterrupt"], "m", [], None],
    ["Error", "E", ["__import__"], "os", [], None],
]


@pytest.mark.parametrize("message", FORGED, ids=range(len(FORGED)))
def test_forged_replies_are_crashes(submitted: Any, message: Any) -> None:
    with submitted.check() as student:
        verdict, _ = ending(student.send, frame(message))
    assert verdict == CheckVerdict.CRASHED


@pytest.mark.parametrize("number", [0, 7, -1, None])
def test_no_forged_error_is_taken_for_the_checks_own(submitted: Any, number: Any) -> None:
    with submitted.check() as student, pytest.raises(ValueError, match=r"^m$"):
        student.send(frame(["Error", "E", ["ValueError"], "m", [], number]))


def test_a_frame_that_declares_too_much(submitted: Any) -> None:
    with submitted.check() as student:
        verdict, message = ending(student.send, "ffffffff")
    assert verdict == CheckVerdict.CRASHED
    assert "more than the" in message


@pytest.mark.parametrize("name", ["send", "dribble"])
def test_a_frame_that_never_ends(submitted: Any, name: str) -> None:
    with submitted.check() as student:
        assert ending(getattr(student, name), "00001000aa")[0] == CheckVerdict.TIMEOUT


def test_questions_that_never_end(submitted: Any) -> None:
    with submitted.check() as student:
        verdict, _ = ending(student.flood, frame(["AskCall", 0, [], []]), lambda: None)
    assert verdict == CheckVerdict.TIMEOUT


def test_a_frame_that_breaks_off(submitted: Any) -> None:
    with submitted.check() as student:
        verdict, message = ending(student.send_and_leave, "00001000aa")
    assert verdict == CheckVerdict.CRASHED
    assert "ended its own process" in message


def test_forged_changes_reach_arguments_of_their_kind_only(submitted: Any) -> None:
    """A change of an argument that was not given, or into something else, is dropped."""
    changes = [[7, 1], ["x", 2], [0, wire.encode([1, 2], list)], [-1, 3]]
    with submitted.check() as student:
        student.send(frame(["Ok", None, changes]))


@pytest.mark.parametrize(
    "question",
    [
        ["AskGetAttr", 0, "__globals__"],
        ["AskGetAttr", 0, "__closure__"],
        ["AskGetAttr", 0, "gi_frame"],
        ["AskGetAttr", 0, "func_globals"],
        ["AskGetAttr", 1, "anything"],
        ["AskGetItem", 0, 0],
        ["AskSetAttr", 0, "__code__", 1],
        ["AskSetItem", 0, "__code__", 1],
        ["AskCall", 0, [["remote", 12]], []],
    ],
)
def test_a_callback_tells_nothing_but_its_result(submitted: Any, question: wire.Tagged) -> None:
    secret = "a-held-out-label"

    def f() -> float:
        return float(len(secret))

    with submitted.check() as student:
        answer = bytes.fromhex(student.forged(msgpack.packb(question).hex(), f))
    unpack_message(answer, Error)
    assert secret.encode() not in answer


def test_a_question_when_nothing_was_given(submitted: Any) -> None:
    with submitted.check() as student:
        answer = student.forged(msgpack.packb(["AskCall", 0, [], []]).hex(), np.zeros(1))
    unpack_message(bytes.fromhex(answer), Error)


def test_the_process_holds_one_connection_and_nothing_of_the_graders(submitted: Any) -> None:
    with submitted.check() as student:
        kinds = student.descriptors()
    files, sockets = 0o100000, 0o140000
    assert kinds.count(sockets) == 1
    assert kinds.count(files) == 0
    assert len(kinds) == 4  # with standard input, output and error
