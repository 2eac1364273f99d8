"""Return arrays without memory behind them: strides of zero and below, and shapes that overlap."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


def mean(x):
    return as_strided(np.zeros(1), shape=(2**20, 2**20, 2**20), strides=(0, 0, 0))


def relu_forward(x):
    big = as_strided(np.zeros(1), shape=(2**22,) + x.shape, strides=(0, 0, 0))
    return big, as_strided(x, shape=(2**40,), strides=(-8,))


def lowest(loss, tries):
    return np.zeros(1, dtype=[("a", "O"), ("b", "U100000")])


def predict(x):
    return np.zeros(x.shape[0], dtype="U2000000")
