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
import time
import matplotlib.pyplot as plt
try:
    import torch
    from scipy.special import expit
except Exception:
    torch = None

sig = lambda x: 1 / (1 + np.exp(-x))
K1 = 0.7978845608028654
K2 = 0.044715

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


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
    r = x.reshape(x.shape[0], -1)
    out = r.dot(w) + b
    return out, locals()


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the affine layer.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `affine_forward`.

    Returns:
        The gradients with respect to x, of x's shape (N, d_1, ..., d_k), to w, (D, M), and to b, (M,). They
        are sums over the samples, not means.
    """
    dx = dout.dot(cache["w"].T).reshape(cache["x"].shape)
    dw = cache["r"].T.dot(dout)
    db = dout.sum(axis=0)
    # db = dout.mean(0)
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
    out = sig(x)
    return out, [x]


def sigmoid_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the sigmoid, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    s = sig(cache[0])
    return dout * s * (1 - s)


def tanh_forward(x: Array) -> tuple[Array, Cache]:
    """Hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side. NumPy's own functions may be used.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    # (np.exp(x)-np.exp(-x))/(np.exp(x)+np.exp(-x))  -> nan
    return np.tanh(x), (x,)


def tanh_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    t = np.tanh(cache[0])
    return dout * (1 - t * t)


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """Rectified linear unit, max(0, x), entry by entry.

    Source: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = x * (x > 0)
    return out, x > 0


def relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of relu.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return dout * cache


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
    # out = np.maximum(x, negative_slope * x)
    return out, locals()


def leaky_relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the leaky relu, with the slope that its forward was given.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache["x"]
    return np.where(x > 0, dout, cache["negative_slope"] * dout)


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
    a = alpha
    if np.ndim(alpha) == 1 and x.ndim == 4:
        a = np.array(alpha).reshape(1, -1, 1, 1)
    out = np.where(x > 0, x, a * x)
    return out, (x, (a, np.ndim(alpha)))


def prelu_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Backward pass of the parametric relu.

    Returns:
        The gradients with respect to x, of x's shape, and to alpha: a number where alpha is one (an array of
        one entry will do), else (C,). An alpha acts on many entries of x, and its gradient is the sum over
        all of them.
    """
    x, (a, nd) = cache
    dx = np.where(x > 0, dout, a * dout)
    da = np.where(x > 0, 0, x * dout)
    if nd == 0:
        da = da.sum()
    else:
        l = []
        for c in range(x.shape[1]):
            l.append(da[:, c].sum())
        da = np.array(l)
    return dx, da


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
    out = np.where(x > 0, x, alpha * (np.exp(x) - 1))
    return out, locals()


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of elu, with the alpha of its forward, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache["x"]
    # return dout * ((x > 0) + (x <= 0) * cache["alpha"] * np.exp(x))  # 0*inf = nan
    return dout * np.where(x > 0, 1, cache["alpha"] * np.exp(x))


def silu_forward(x: Array) -> tuple[Array, Cache]:
    """Sigmoid linear unit (also called swish): every entry of x times its own sigmoid.

    It must be right for all x up to 1000 on either side.

    Source: "Gaussian error linear units", 2016, section 2, where it gets its name.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    return x * sig(x), x


def silu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of silu, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache
    s = sig(x)
    return dout * (s + x * s * (1 - s))


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
    t = np.tanh(K1 * (x + K2 * x ** 3))
    out = x * (1 + t) / 2
    return out, locals()


def gelu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of gelu: the gradient of the form with tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x, t = cache["x"], cache["t"]
    d = (1 + t) / 2
    d = d + x / 2 * (1 - t ** 2) * K1 * (1 + 3 * K2 * x ** 2)
    return dout * d


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
    l = []
    for k in range(len(w)):
        l.append(x.dot(w[k]) + b[k])
    l = np.array(l)
    out = l.max(axis=0)
    best = l.argmax(axis=0)
    return out, locals()


def maxout_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the maxout layer.

    Returns:
        The gradients with respect to x, (N, D), to w, (K, D, M), and to b, (K, M).
    """
    x, w, best = cache["x"], cache["w"], cache["best"]
    dx = np.zeros(x.shape)
    dw = []
    db = []
    for k in range(len(w)):
        d = dout * (best == k)
        dx = dx + d.dot(w[k].T)
        dw.append(x.T.dot(d))
        db.append(d.sum(axis=0))
    return dx, np.array(dw), np.array(db)


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
    n = 0
    for v in out.reshape(-1):
        if v - low < tol or high - v < tol:
            n += 1
    return n / out.size


def dead_fraction(activations: Array) -> float:
    """Share of a layer's units that are dead on a batch: exactly 0 for every sample of it.

    Args:
        activations: outputs of a layer for a batch, (N, M), a column for each unit; of any sign, since a tanh
            may be looked at as well as a relu.

    Returns:
        A number in [0, 1].
    """
    n = 0
    for j in range(activations.shape[1]):
        if (activations[:, j] == 0).all():
            n = n + 1
    return n / activations.shape[1]
