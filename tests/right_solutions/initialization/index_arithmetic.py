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

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "sklearn", "tensorflow", "torch")

Array = np.ndarray


def count_entries(shape, first):
    """product of shape[first], shape[first + 1], ..."""
    total = 1
    k = first
    while k < len(shape):
        total = total * int(shape[k])
        k = k + 1
    return total


def fan_in_of(shape):
    if len(shape) == 2:
        return int(shape[0])
    return count_entries(shape, 1)


def normal_array(shape, std, rng):
    flat = np.zeros(count_entries(shape, 0))
    flat[:] = std * rng.standard_normal(flat.size)
    return flat.reshape(shape)


def small_random_init(shape: tuple[int, ...], rng: np.random.Generator, scale: float = 0.01) -> Array:
    """Normal numbers of mean 0 and standard deviation scale, whatever the shape.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW).
        rng: source of the random numbers.
        scale: standard deviation; not the variance.

    Returns:
        Weights of that shape.
    """
    return normal_array(shape, scale, rng)


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
    return normal_array(shape, 1.0 / np.sqrt(fan_in_of(shape)), rng)


def he_init(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Normal numbers of mean 0 and standard deviation sqrt(2 / fan_in), for layers that a ReLU follows.

    Source: "Delving Deep into Rectifiers", ICCV 2015, equation 10.

    Args:
        shape: (fan_in, fan_out) or (F, C, HH, WW); for the latter fan_in is C * HH * WW.
        rng: source of the random numbers.

    Returns:
        Weights of that shape.
    """
    return normal_array(shape, np.sqrt(2.0 / fan_in_of(shape)), rng)


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
    result = []
    h = np.array(x)
    layer = 1
    while layer <= len(weights):
        h = nonlinearity(h.dot(weights[layer - 1]))
        flat = np.reshape(h, -1)
        mean = flat.sum() / flat.size
        diff = flat - mean
        std = np.sqrt(diff.dot(diff) / flat.size)
        result.append((float(mean), float(std)))
        layer = layer + 1
    return result


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
    D, M = dw.shape
    i = 0
    while i < D:
        size = 0.0
        j = 0
        while j < M:
            if abs(dw[i, j]) > size:
                size = abs(dw[i, j])
            j = j + 1
        j = 1
        while j < M:
            if abs(dw[i, j] - dw[i, 0]) > 1e-10 * size:
                return True
            j = j + 1
        i = i + 1
    return False
