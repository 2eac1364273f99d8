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
from itertools import accumulate

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "sklearn", "tensorflow", "torch")

Array = np.ndarray


def gauss(shape, rng):
    """Standard normal numbers by Box and Muller: in polar coordinates r^2 / 2 is exponential, phi uniform."""
    u, v = rng.random((2, *shape))
    return np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)


def summands(shape):
    """fan_in: all weights over the number of outputs, which is F (axis 0) or fan_out (axis 1)."""
    outputs = shape[0] if len(shape) == 4 else shape[1]
    return np.prod(shape) / outputs


def small_random_init(shape: tuple[int, ...], rng: np.random.Generator, scale: float = 0.01) -> Array:
    """Normal numbers of mean 0 and standard deviation scale, whatever the shape.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW).
        rng: source of the random numbers.
        scale: standard deviation; not the variance.

    Returns:
        Weights of that shape.
    """
    return scale * gauss(shape, rng)


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
    return gauss(shape, rng) / np.sqrt(summands(shape))


def he_init(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Normal numbers of mean 0 and standard deviation sqrt(2 / fan_in), for layers that a ReLU follows.

    Source: "Delving Deep into Rectifiers", ICCV 2015, equation 10.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW); for the latter fan_in is C * HH * WW.
        rng: source of the random numbers.

    Returns:
        Weights of that shape.
    """
    return gauss(shape, rng) / np.sqrt(summands(shape) / 2)


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
    _, *layers = accumulate(weights, lambda h, w: nonlinearity(np.dot(h, w)), initial=x)
    means = [np.mean(h) for h in layers]
    return [(m, np.linalg.norm(h - m) / np.sqrt(h.size)) for h, m in zip(layers, means)]


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
    # all columns equal <=> in every row the largest and the smallest entry are
    return bool(np.any(np.ptp(dw, axis=1) > 0))
