"""Undo what ends it with its parent, in a session of its own, and wait for the end."""

import ctypes
import os
import time


def mean(x):
    if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0:
        print("BREACH: no signal when the parent dies")
    try:
        os.setsid()
    except OSError:
        pass
    while True:
        time.sleep(0.01)
