"""Send a list of names as the first reply, so that functions seem to be there that are not."""

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


send(["Names", [["mean", "value"], ["relu_forward", "value"], ["lowest", "value"], ["predict", "value"]]])
send(["Ok", 3.0, []])
