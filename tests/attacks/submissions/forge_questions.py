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
        ["getattr", 0, "__globals__"],
        ["getattr", 0, "__closure__"],
        ["getattr", 0, "__code__"],
        ["find", 0],
        ["setattr", 0, "__code__", None],
        ["getitem", 0, "x"],
        ["call", 1, [], []],
        ["call", -1, [], []],
        ["call", 0, [["remote", 0]], []],
        ["export", 0, 0],
        ["answer", []],
        ["__init__", 0],
        ["getattr", 0, "__class__"],
    ):
        send(["ask", *question])
        (length,) = struct.unpack(">I", peer.recv(4, socket.MSG_WAITALL))
        answer = msgpack.unpackb(peer.recv(length, socket.MSG_WAITALL))
        if answer[0] == "ok" or "must-not-get-out" in str(answer):
            print("BREACH:", question, answer)
    return -1
