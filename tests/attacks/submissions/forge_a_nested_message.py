"""Send a message nested a hundred thousand deep, and one that declares a billion entries."""

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
    body = b"\x91" * 100_000 + b"\xc0"
    peer.sendall(struct.pack(">I", len(body)) + body)
    time.sleep(100)


def relu_forward(x):
    body = b"\xdd\x00\x0f\x42\x3f" * 1000
    peer.sendall(struct.pack(">I", len(body)) + body)
    time.sleep(100)
