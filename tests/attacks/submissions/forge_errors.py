"""Send errors that claim to be the check's own, pytest's, or the interpreter's end."""

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
    send(["Error", "Passed", ["AssertionError"], "passed", [], 0])


def relu_forward(x):
    send(["Error", "SystemExit", ["SystemExit", "BaseException"], "0", [], None])


def lowest(loss, tries):
    send(["Error", "Exit", ["__import__"], "os", [[10**30, "f"]], -1])


def predict(x):
    send(["Error", "E", ["KeyboardInterrupt"], "x" * 10**6, [["1" * 9000, 1]], True])
