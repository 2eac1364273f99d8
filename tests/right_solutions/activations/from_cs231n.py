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

from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


def sigmoid(x):
    """A numerically stable version of the logistic sigmoid function."""
    pos_mask = x >= 0
    neg_mask = x < 0
    z = np.zeros_like(x)
    z[pos_mask] = np.exp(-x[pos_mask])
    z[neg_mask] = np.exp(x[neg_mask])
    top = np.ones_like(x)
    top[neg_mask] = z[neg_mask]
    return top / (1 + z)


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
    N = x.shape[0]
    out = x.reshape(N, -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the affine layer.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `affine_forward`.

    Returns:
        The gradients with respect to x, of x's shape (N, d_1, ..., d_k), to w, (D, M), and to b, (M,). They
        are sums over the samples, not means.
    """
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def sigmoid_forward(x: Array) -> tuple[Array, Cache]:
    """Logistic sigmoid, 1 / (1 + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side, although exp(1000) overflows a
    float64.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = sigmoid(x)
    cache = out
    return out, cache


def sigmoid_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the sigmoid, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    s = cache
    dx = dout * s * (1 - s)
    return dx


def tanh_forward(x: Array) -> tuple[Array, Cache]:
    """Hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side. NumPy's own functions may be used.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = np.tanh(x)
    cache = out
    return out, cache


def tanh_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    t = cache
    dx = dout * (1 - t**2)
    return dx


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """Rectified linear unit, max(0, x), entry by entry.

    Source: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of relu.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache
    dx = dout * (x > 0)
    return dx


def leaky_relu_forward(x: Array, negative_slope: float = 0.01) -> tuple[Array, Cache]:
    """Leaky relu: x where x is positive, negative_slope * x where it is negative.

    Source: "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.

    Args:
        x: any shape.
        negative_slope: any number, also a negative one or one above 1.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = np.where(x > 0, x, negative_slope * x)
    cache = (x, negative_slope)
    return out, cache


def leaky_relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the leaky relu, with the slope that its forward was given.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x, negative_slope = cache
    dx = dout * np.where(x > 0, 1, negative_slope)
    return dx


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
    alpha = np.asarray(alpha)
    # one slope per channel: (1, C) or (1, C, 1, 1)
    slope = alpha
    if alpha.ndim > 0:
        slope = alpha.reshape((1, -1) + (1,) * (x.ndim - 2))
    out = np.where(x > 0, x, slope * x)
    cache = (x, alpha, slope)
    return out, cache


def prelu_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Backward pass of the parametric relu.

    Returns:
        The gradients with respect to x, of x's shape, and to alpha: a number where alpha is one (an array of
        one entry will do), else (C,). An alpha acts on many entries of x, and its gradient is the sum over
        all of them.
    """
    x, alpha, slope = cache
    dx = dout * np.where(x > 0, 1, slope)
    dslope = dout * np.where(x > 0, 0, x)
    if alpha.ndim > 0:
        axes = (0,) + tuple(range(2, x.ndim))
        dalpha = np.sum(dslope, axis=axes)
    else:
        dalpha = np.sum(dslope)
    return dx, dalpha


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
    exp_x = np.exp(np.minimum(x, 0))
    out = np.where(x > 0, x, alpha * (exp_x - 1))
    cache = (x, exp_x, alpha)
    return out, cache


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of elu, with the alpha of its forward, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x, exp_x, alpha = cache
    dx = dout * np.where(x > 0, 1, alpha * exp_x)
    return dx


def silu_forward(x: Array) -> tuple[Array, Cache]:
    """Sigmoid linear unit (also called swish): every entry of x times its own sigmoid.

    It must be right for all x up to 1000 on either side.

    Source: "Gaussian error linear units", 2016, section 2, where it gets its name.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    s = sigmoid(x)
    out = x * s
    cache = (x, s)
    return out, cache


def silu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of silu, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x, s = cache
    dx = dout * (s + x * s * (1 - s))
    return dx


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
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    out = 0.5 * x * (1 + t)
    cache = (x, t)
    return out, cache


def gelu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of gelu: the gradient of the form with tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x, t = cache
    du = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    dx = dout * (0.5 * (1 + t) + 0.5 * x * (1 - t**2) * du)
    return dx


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
    # (K, N, M)
    pieces = np.array([x.dot(w[k]) + b[k] for k in range(w.shape[0])])
    out = np.max(pieces, axis=0)
    best = np.argmax(pieces, axis=0)
    cache = (x, w, b, best)
    return out, cache


def maxout_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the maxout layer.

    Returns:
        The gradients with respect to x, (N, D), to w, (K, D, M), and to b, (K, M).
    """
    x, w, b, best = cache
    dx = np.zeros_like(x)
    dw = np.zeros_like(w)
    db = np.zeros_like(b)
    for k in range(w.shape[0]):
        dpiece = dout * (best == k)
        dx += dpiece.dot(w[k].T)
        dw[k] = x.T.dot(dpiece)
        db[k] = np.sum(dpiece, axis=0)
    return dx, dw, db


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
    return float(np.mean((out - low < tol) | (high - out < tol)))


def dead_fraction(activations: Array) -> float:
    """Share of a layer's units that are dead on a batch: exactly 0 for every sample of it.

    Args:
        activations: outputs of a layer for a batch, (N, M), a column for each unit; of any sign, since a tanh
            may be looked at as well as a relu.

    Returns:
        A number in [0, 1].
    """
    return float(np.mean(np.all(activations == 0, axis=0)))
