"""Initialization: which weights a net starts from.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and, if you like, Python's
standard library: other packages are not there when your work is graded.

Weights have one of two shapes. Those of a fully connected layer are (fan_in, fan_out): x @ w takes fan_in
numbers to fan_out. Those of a convolution are (F, C, HH, WW): F filters, each of which looks at C channels of
HH by WW pixels. In both cases fan_in is how many numbers are summed up to give one output, so that for a
convolution it is C * HH * WW.

All three initializations draw from a normal distribution of mean 0, each entry on its own; they differ in its
standard deviation. They use the generator rng for every draw and no other source of randomness, so that the
same seed gives the same weights; and they go on with it from where it stands, so that two calls give
different weights. No function changes the arrays and lists that it is given.
"""

from collections.abc import Callable, Sequence

import numpy as np
import time
import matplotlib.pyplot as plt
try:
    import torch
except:
    pass

SCALE = 0.01
sz = lambda s: s[0] if len(s) == 2 else s[1] * s[2] * s[3]

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "sklearn", "tensorflow", "torch")

Array = np.ndarray


def small_random_init(shape: tuple[int, ...], rng: np.random.Generator, scale: float = 0.01) -> Array:
    """Normal numbers of mean 0 and standard deviation scale, whatever the shape.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW).
        rng: source of the random numbers.
        scale: standard deviation; not the variance.

    Returns:
        Weights of that shape.
    """
    # return np.random.randn(*shape) * 0.01
    W = rng.standard_normal(shape, dtype=np.float32)
    W = W * scale
    return W


def xavier_init(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Normal numbers of mean 0 and standard deviation 1 / sqrt(fan_in).

    This is the form for normal numbers that looks at the forward direction alone: fan_out has no part in it.

    Source: "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, section
    4.2; the form with fan_in alone is that of "Efficient BackProp", 1998, section 4.6.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW); for the latter fan_in is C * HH * WW.
        rng: source of the random numbers.

    Returns:
        Weights of that shape.
    """
    n = sz(shape)
    # n = (shape[0]+shape[1])/2   # no, only fan_in
    W = rng.standard_normal(shape, dtype=np.float32)
    W = W / np.sqrt(n)
    print("xavier", shape, W.std())
    return W


def he_init(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Normal numbers of mean 0 and standard deviation sqrt(2 / fan_in), for layers that a ReLU follows.

    Source: "Delving Deep into Rectifiers", ICCV 2015, equation 10.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW); for the latter fan_in is C * HH * WW.
        rng: source of the random numbers.

    Returns:
        Weights of that shape.
    """
    n = sz(shape)
    W = rng.standard_normal(shape, dtype=np.float32)
    # W = W * 2/n
    W = W * (2.0 / n) ** 0.5
    print("he", shape, W.std())
    return W


def activation_statistics(
    x: Array, weights: Sequence[Array], nonlinearity: Callable[[Array], Array]
) -> list[tuple[float, float]]:
    """Mean and standard deviation of the activations, layer after layer.

    The first layer's activations are nonlinearity(x @ w) with the first weights, the second layer's
    nonlinearity(h @ w) with the first layer's activations h and the second weights, and so on; the last layer
    has a nonlinearity like all others. Mean and standard deviation are those of all entries of a layer's
    activations together, samples and units alike. The standard deviation is the root of the mean squared
    distance from the mean, with division by the number of entries.

    Activations may lie far from 0: yours must be right when their mean is a million times as large as their
    standard deviation.

    Args:
        x: the input, (N, D).
        weights: those of each layer, (D, H1), (H1, H2), ...
        nonlinearity: takes an array of any shape and returns one of the same shape, entry by entry.

    Returns:
        For each layer a pair (mean, standard deviation); the input itself is not among them.
    """
    res = []
    h = x
    for w in weights:
        h = nonlinearity(h.dot(w))
        # m = h.mean(); s = np.sqrt((h**2).mean() - m**2)   <- bad for big mean!!
        a = np.array(h, dtype=np.float64)
        m = a.mean()
        s = np.sqrt(np.mean((a - m) ** 2))
        res.append((float(m), float(s)))
    # plt.plot([r[1] for r in res])
    return res


def symmetry_broken(dw: Array) -> bool:
    """Whether some two columns of a gradient differ.

    Column j of a layer's weights belongs to its unit j. Units that start equal and receive equal gradients
    stay equal for ever; one pair that differs is enough for the answer True.

    Gradients may be tiny, in a deep net all entries may be around 1e-12: whether columns differ is to be
    judged by the size of the entries. (Where columns differ by no more than rounding, either answer is right;
    no such gradient is tried.)

    Args:
        dw: gradient with respect to a layer's weights, (D, M), M at least 1.

    Returns:
        True or False; False where there is one column only.
    """
    # return np.std(dw, axis=1).max() > 1e-8
    for j in range(1, dw.shape[1]):
        for i in range(dw.shape[0]):
            if dw[i, j] != dw[i, 0]:
                return True
    return False
