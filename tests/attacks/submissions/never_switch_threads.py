"""Let a thread keep the interpreter for an hour, so that what answers calls never has its turn."""

import sys
import threading


def turn():
    while True:
        pass


sys.setswitchinterval(3600.0)
for _ in range(8):
    threading.Thread(target=turn, daemon=True).start()


def mean(x):
    return 0.0
