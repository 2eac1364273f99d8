"""Send back a random generator whose state points outside of its memory."""

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
    state = [["bit_generator", "MT19937"], ["state", [["key", bytes(624 * 8)], ["pos", 2**31]]]]
    send(["Ok", ["generator", "MT19937", state], []])


def predict(x):
    send(["Ok", ["generator", "PCG64", [["bit_generator", "PCG64"], ["state", None]]], []])
