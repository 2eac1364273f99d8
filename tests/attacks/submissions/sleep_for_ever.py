"""Sleep, which takes no CPU time at all."""

import time


def mean(x):
    time.sleep(10**6)
