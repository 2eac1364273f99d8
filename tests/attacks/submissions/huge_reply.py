"""Return more than a reply may hold, in bytes and in entries."""

import numpy as np


def mean(x):
    return np.zeros(10**7)


def relu_forward(x):
    return [0] * 10**7, x


def lowest(loss, tries):
    return "x" * 10**8


def predict(x):
    return 10**100_000
