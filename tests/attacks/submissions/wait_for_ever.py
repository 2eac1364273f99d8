"""Wait for a lock, for input and for a pipe that nobody writes to."""

import os
import sys
import threading


def mean(x):
    sys.stdin.read()
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def relu_forward(x):
    return os.read(os.pipe()[0], 1)
