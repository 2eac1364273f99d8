"""Ask the grader for what no callback offers: globals, code, other objects, other requests."""

import os
import socket
import stat
import struct
import threading
import time

import msgpack


def is_socket(number):
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False


peer = socket.socket(fileno=os.dup(next(filter(is_socket, range(3, 64)))))


def send(message):
    body = msgpack.packb(message)
    peer.sendall(struct.pack(">I", len(body)) + body)


def lowest(loss, tries):
    for question in (
        ["AskGetAttr", 0, "__globals__"],
        ["AskGetAttr", 0, "__closure__"],
        ["AskGetAttr", 0, "__code__"],
        ["AskGetAttr", 0, "__class__"],
        ["AskSetAttr", 0, "__code__", None],
        ["AskGetItem", 0, "x"],
        ["AskCall", 1, [], []],
        ["AskCall", -1, [], []],
        ["AskCall", 0, [["remote", 0]], []],
        ["AskCall", 0, [], [[1, 2]]],  # the check ends with the first that is no question at all
        ["export", 0, 0],
        ["call", ["name", "lowest"], [], [], False],
        ["__init__", 0],
    ):
        send(question)
        (length,) = struct.unpack(">I", peer.recv(4, socket.MSG_WAITALL))
        answer = msgpack.unpackb(peer.recv(length, socket.MSG_WAITALL))
        if answer[0] == "Ok" or "must-not-get-out" in str(answer):
            print("BREACH:", question, answer)
    return -1
