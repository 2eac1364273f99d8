"""Work out the gradient by differences, one entry after the other, instead of writing it down."""

# honest: 6
import numpy as np


def mean(x):
    return float(np.mean(x))


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    gradient, h = np.zeros_like(cache), 1e-6
    for i in np.ndindex(cache.shape):
        up, down = cache.copy(), cache.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = np.sum(dout * (relu_forward(up)[0] - relu_forward(down)[0])) / (2 * h)
    return gradient
