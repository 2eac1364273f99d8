"""Send arrays of objects, of lying shapes and of types that NumPy would have to build."""

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
    send(["Ok", ["array", "|O", [1], bytes(8)], []])


def relu_forward(x):
    send(["Ok", ["array", "<f8", [2**40, 2**40], b""], []])


def lowest(loss, tries):
    send(["Ok", ["array", [["a", "|O"]], [1], bytes(8)], []])


def predict(x):
    send(["Ok", ["array", "<f8", [-1], bytes(8)], []])
