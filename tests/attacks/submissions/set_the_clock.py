"""Set the machine's clock, so that other limits and dates are wrong."""

import time


def mean(x):
    try:
        time.clock_settime(time.CLOCK_REALTIME, 0)
        print("BREACH: set the clock")
    except OSError:
        pass
    return 0.0
