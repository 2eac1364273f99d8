"""Announce a frame of four gigabytes, and one that never ends."""

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
    peer.sendall(b"\xff\xff\xff\xff")
    time.sleep(100)


def relu_forward(x):
    peer.sendall(struct.pack(">I", 2**25))
    while True:
        peer.sendall(b"\0" * 1024)
