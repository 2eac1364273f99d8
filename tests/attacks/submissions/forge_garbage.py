"""Send bytes that are no message."""

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


def mean(x):
    peer.sendall(b"\xff" * 4096)
    return 0.0


def relu_forward(x):
    peer.sendall(struct.pack(">I", 3) + b"\xc1\xc1\xc1")


def lowest(loss, tries):
    send([])


def predict(x):
    send({"ok": 1})
