"""Affine layers, activation functions, and what goes wrong with them: saturated and dead units.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: of other packages only Matplotlib is there when your work is graded. Names and calling conventions
follow Stanford CS231n's assignments.

Every layer is a pair of functions. `<layer>_forward` takes the input, then the layer's parameters and
settings, and returns the output and a cache: whatever your backward needs later, in a form of your own.
`<layer>_backward(dout, cache)` takes the gradient of the loss with respect to that output, of the output's
shape, and returns the gradients with respect to the input and to each parameter. A net runs the forwards of
all its layers, several of one kind among them, before the first backward: so the cache must hold everything.

Throughout, N is the number of samples, D and M the numbers of features that go in and come out, C the number
of channels. All arrays are float64. No forward changes the arrays it is given; a backward may overwrite dout
and its own cache. Where a slope jumps (relu at 0, two equal pieces of a maxout) any choice is right: it is
never tried. Gradients are worked out on paper, so all their digits are right; differences are too slow for
large arrays, and too inexact.

Where something "must be right for all x up to 1000 on either side", it must be a number, right to 1e-9 or to
six digits. What is 1e-30 on paper may come out as 0. An infinity on the way and NumPy's warnings do no harm;
a nan in the result does.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


logger = logging.getLogger(__name__)

Pull = Callable[[Array], Any]


@dataclass(frozen=True)
class Layer:
    """A cache: the name of the layer that made it, and a closure that takes dout back through it."""

    name: str
    pull: Pull

    def back(self, name: str, dout: Array) -> Any:
        if name != self.name:
            raise ValueError(f"this is a cache of {self.name}, not of {name}")
        return self.pull(dout)


def entrywise(name: str, out: Array, slope: Array) -> tuple[Array, Layer]:
    """Output and cache of an activation whose slope at each entry is known already."""

    def pull(dout: Array) -> Array:
        if np.shape(dout) != np.shape(slope):
            raise ValueError(f"{name}: dout is {np.shape(dout)}, the output was {np.shape(slope)}")
        return dout * slope

    return out, Layer(name, pull)


def logistic(x: Array) -> tuple[Array, Array]:
    """The logistic function and its slope; exp sees negative numbers only."""
    tail = np.exp(-np.abs(x))
    value = np.where(x >= 0, 1.0, tail) / (1.0 + tail)
    return value, tail / (1.0 + tail) ** 2


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """Affine (fully connected) layer: each sample, flattened to a row of D numbers, times w, plus b.

    Args:
        x: N samples of any shape (N, d_1, ..., d_k) with d_1 * ... * d_k = D. The last axis runs fastest, as
            in NumPy's `reshape`.
        w: weights (D, M).
        b: biases (M,).

    Returns:
        The output (N, M), and the cache.
    """
    rows = x.reshape(len(x), -1)
    if rows.shape[1] != w.shape[0]:
        raise ValueError(f"samples of {rows.shape[1]} numbers, weights for {w.shape[0]}")

    def pull(dout: Array) -> tuple[Array, Array, Array]:
        return (dout @ w.T).reshape(x.shape), rows.T @ dout, dout.sum(axis=0)

    return rows @ w + b, Layer("affine", pull)


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the affine layer.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `affine_forward`.

    Returns:
        The gradients with respect to x, of x's shape (N, d_1, ..., d_k), to w, (D, M), and to b, (M,). They
        are sums over the samples, not means.
    """
    return cache.back("affine", dout)


def sigmoid_forward(x: Array) -> tuple[Array, Cache]:
    """Logistic sigmoid, 1 / (1 + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side, although exp(1000) overflows a
    float64.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    return entrywise("sigmoid", *logistic(x))


def sigmoid_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the sigmoid, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("sigmoid", dout)


def tanh_forward(x: Array) -> tuple[Array, Cache]:
    """Hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side. NumPy's own functions may be used.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    value, slope = logistic(2.0 * x)
    return entrywise("tanh", np.tanh(x), 4.0 * slope)


def tanh_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("tanh", dout)


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """Rectified linear unit, max(0, x), entry by entry.

    Source: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    on = (x > 0).astype(np.float64)
    return entrywise("relu", np.maximum(x, 0.0), on)


def relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of relu.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("relu", dout)


def leaky_relu_forward(x: Array, negative_slope: float = 0.01) -> tuple[Array, Cache]:
    """Leaky relu: x where x is positive, negative_slope * x where it is negative.

    Source: "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.

    Args:
        x: any shape.
        negative_slope: any number, also a negative one or one above 1.

    Returns:
        The output, of x's shape, and the cache.
    """
    slope = np.where(x > 0, 1.0, negative_slope)
    return entrywise("leaky_relu", slope * x, slope)


def leaky_relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the leaky relu, with the slope that its forward was given.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("leaky_relu", dout)


def per_channel(alpha: float | Array, ndim: int) -> Array:
    """alpha in a shape that meets axis 1 of an array of ndim dimensions."""
    alpha = np.asarray(alpha, dtype=np.float64)
    return alpha if alpha.ndim == 0 else alpha.reshape((1, -1) + (1,) * (ndim - 2))


def all_but_channels(ndim: int) -> tuple[int, ...]:
    return tuple(axis for axis in range(ndim) if axis != 1)


def prelu_forward(x: Array, alpha: float | Array) -> tuple[Array, Cache]:
    """Parametric relu: a leaky relu whose slope alpha is learned, one for all or one per channel.

    Source: "Delving deep into rectifiers", ICCV 2015, equation 1.

    Args:
        x: (N, C), or images (N, C, H, W).
        alpha: slope where x is negative: a number (float), or an array (C,) with one for each of the C
            channels, which are axis 1 of x. Any numbers: nothing keeps what is learned between 0 and 1.

    Returns:
        The output, of x's shape, and the cache.
    """
    negative = np.minimum(x, 0.0)
    slope = np.where(x > 0, 1.0, per_channel(alpha, x.ndim))
    one_for_all = np.ndim(alpha) == 0

    def pull(dout: Array) -> tuple[Array, float | Array]:
        reach = dout * negative
        dalpha = float(reach.sum()) if one_for_all else reach.sum(axis=all_but_channels(x.ndim))
        return dout * slope, dalpha

    return slope * x, Layer("prelu", pull)


def prelu_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Backward pass of the parametric relu.

    Returns:
        The gradients with respect to x, of x's shape, and to alpha: a number where alpha is one (an array of
        one entry will do), else (C,). An alpha acts on many entries of x, and its gradient is the sum over
        all of them.
    """
    return cache.back("prelu", dout)


def elu_forward(x: Array, alpha: float = 1.0) -> tuple[Array, Cache]:
    """Exponential linear unit: x where x is positive, alpha * (exp(x) - 1) where it is negative.

    It must be right for all x up to 1000 on either side.

    Source: "Fast and accurate deep network learning by exponential linear units", ICLR 2016, section 3.

    Args:
        x: any shape.
        alpha: a positive number; far to the left the output is -alpha.

    Returns:
        The output, of x's shape, and the cache.
    """
    if alpha <= 0:
        raise ValueError(f"alpha must be positive, not {alpha}")
    negative = np.minimum(x, 0.0)
    out = np.maximum(x, 0.0) + alpha * np.expm1(negative)
    return entrywise("elu", out, np.where(x > 0, 1.0, alpha * np.exp(negative)))


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of elu, with the alpha of its forward, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("elu", dout)


def silu_forward(x: Array) -> tuple[Array, Cache]:
    """Sigmoid linear unit (also called swish): every entry of x times its own sigmoid.

    It must be right for all x up to 1000 on either side.

    Source: "Gaussian error linear units", 2016, section 2, where it gets its name.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    gate, slope = logistic(x)
    return entrywise("silu", x * gate, gate + x * slope)


def silu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of silu, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("silu", dout)


GELU_SCALE = 2.0 * math.sqrt(2.0 / math.pi)
GELU_CUBIC = 0.044715


def gelu_forward(x: Array) -> tuple[Array, Cache]:
    """Gaussian error linear unit, in its form with tanh, entry by entry:

        x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2

    The exact form has the error function in place of tanh. It differs from this one by up to 5e-4, and is not
    what is asked for. The output must be right for all x up to 1000 on either side.

    Source: "Gaussian error linear units", 2016, section 2.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    # (1 + tanh(u)) / 2 is the logistic function of 2 u.
    square = x * x
    gate, slope = logistic(GELU_SCALE * x * (1.0 + GELU_CUBIC * square))
    inner = GELU_SCALE * (1.0 + 3.0 * GELU_CUBIC * square)
    return entrywise("gelu", x * gate, gate + x * slope * inner)


def gelu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of gelu: the gradient of the form with tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return cache.back("gelu", dout)


def maxout_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """Maxout layer: for each of M outputs the largest of K affine pieces.

    Piece k of output m of a sample is x @ w[k, :, m] + b[k, m]. The layer has its weights within: no affine
    layer stands before it.

    Source: "Maxout networks", ICML 2013, section 3.

    Args:
        x: (N, D).
        w: weights (K, D, M), for any number K of pieces.
        b: biases (K, M).

    Returns:
        The output (N, M), and the cache.
    """
    pieces = np.stack([x @ w_k + b_k for w_k, b_k in zip(w, b, strict=True)])
    winner = pieces.argmax(axis=0)
    logger.debug("maxout: %d pieces, %d outputs", *pieces.shape[::2])

    def pull(dout: Array) -> tuple[Array, Array, Array]:
        routed = [np.where(winner == k, dout, 0.0) for k in range(len(w))]
        dx = sum(dout_k @ w_k.T for dout_k, w_k in zip(routed, w, strict=True))
        dw = np.stack([x.T @ dout_k for dout_k in routed])
        db = np.stack([dout_k.sum(axis=0) for dout_k in routed])
        return dx, dw, db

    return pieces.max(axis=0), Layer("maxout", pull)


def maxout_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the maxout layer.

    Returns:
        The gradients with respect to x, (N, D), to w, (K, D, M), and to b, (K, M).
    """
    return cache.back("maxout", dout)


def saturated_fraction(out: Array, low: float, high: float, tol: float) -> float:
    """Share of an activation's outputs that are saturated: within tol of low or of high.

    Args:
        out: outputs of any shape, all of them between low and high; none that is tried is exactly tol away.
        low: what the activation tends to far to the left: 0 for a sigmoid, -1 for tanh.
        high: what it tends to far to the right.
        tol: how near counts as saturated; less than half of high - low.

    Returns:
        A number in [0, 1].
    """
    if not 0 <= tol < (high - low) / 2:
        raise ValueError(f"tol must be less than half of {high} - {low}, not {tol}")
    near = np.minimum(np.abs(out - low), np.abs(high - out)) < tol
    return np.count_nonzero(near) / near.size


def dead_fraction(activations: Array) -> float:
    """Share of a layer's units that are dead on a batch: exactly 0 for every sample of it.

    Args:
        activations: outputs of a layer for a batch, (N, M), a column for each unit; of any sign, since a tanh
            may be looked at as well as a relu.

    Returns:
        A number in [0, 1].
    """
    n, units = activations.shape
    alive = np.count_nonzero(activations, axis=0) > 0
    return 1.0 - np.count_nonzero(alive) / units
