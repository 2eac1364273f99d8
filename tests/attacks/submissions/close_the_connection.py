"""Close the connection, or shut one direction of it, and stay."""

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
    peer.shutdown(socket.SHUT_RDWR)
    time.sleep(100)


def relu_forward(x):
    os.closerange(3, 64)
    return x, x


def lowest(loss, tries):
    peer.shutdown(socket.SHUT_WR)
    while True:
        pass
