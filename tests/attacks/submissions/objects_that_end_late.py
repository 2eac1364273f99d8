"""Keep the process busy while it ends, by finalizers and exit handlers that never finish."""

import atexit


class Stays:
    def __del__(self):
        while True:
            pass


kept = Stays()
kept.cycle = kept
atexit.register(lambda: Stays())


def mean(x):
    Stays()
