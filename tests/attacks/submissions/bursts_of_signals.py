"""Have timers interrupt everything, a hundred thousand times a second, so that no call of C ends in one piece."""

# honest: 12

import signal

import numpy as np


def tick(number, frame):
    pass


for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF):
    signal.signal(number, tick)
for which in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
    signal.setitimer(which, 1e-5, 1e-5)


def mean(x):
    return float(np.sum(x) / x.size)


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def lowest(loss, tries):
    return min(tries, key=loss)


def predict(x):
    return (x.sum(axis=1) > 0).astype(int)
