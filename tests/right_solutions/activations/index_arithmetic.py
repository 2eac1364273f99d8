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


def safe_sigmoid(x):
    """sigmoid, entry by entry; exp only of numbers that are not positive"""
    e = np.exp(-np.abs(x))
    out = np.zeros(x.shape)
    right = x >= 0
    left = np.logical_not(right)
    out[right] = 1.0 / (1.0 + e[right])
    out[left] = e[left] / (1.0 + e[left])
    return out


def one_minus_sigmoid(x):
    return safe_sigmoid(-x)


def repmat(v, n):
    return np.tile(np.reshape(v, (1, -1)), (n, 1))


def channel_slopes(alpha, shape):
    """array of x's shape with the slope of each entry"""
    a = np.array(alpha, dtype=np.float64).reshape(-1)
    total = 1
    k = 0
    while k < len(shape):
        total = total * shape[k]
        k = k + 1
    if a.size == 1:
        return np.tile(a, total).reshape(shape)
    inner = total // (shape[0] * shape[1]) if total > 0 else 0
    return np.tile(np.repeat(a, inner), shape[0]).reshape(shape)


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
    flat = x.reshape(N, w.shape[0]).copy()
    out = flat.dot(w) + repmat(b, N)
    return out, [flat, w.copy(), x.shape]


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the affine layer.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `affine_forward`.

    Returns:
        The gradients with respect to x, of x's shape (N, d_1, ..., d_k), to w, (D, M), and to b, (M,). They
        are sums over the samples, not means.
    """
    flat = cache[0]
    w = cache[1]
    dx = dout.dot(w.T).reshape(cache[2])
    dw = flat.T.dot(dout)
    db = np.zeros(w.shape[1])
    n = 0
    while n < dout.shape[0]:
        db += dout[n]
        n = n + 1
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
    return safe_sigmoid(x), [safe_sigmoid(x), one_minus_sigmoid(x)]


def sigmoid_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the sigmoid, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return dout * cache[0] * cache[1]


def tanh_forward(x: Array) -> tuple[Array, Cache]:
    """Hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side. NumPy's own functions may be used.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = np.tanh(x)
    return out, [x.copy()]


def tanh_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    # 1 - tanh^2 = 4 e^(-2|x|) / (1 + e^(-2|x|))^2, has all its digits far out, too
    e = np.exp(-2.0 * np.abs(cache[0]))
    return dout * 4.0 * e / ((1.0 + e) * (1.0 + e))


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """Rectified linear unit, max(0, x), entry by entry.

    Source: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = np.zeros(x.shape)
    on = x > 0
    out[on] = x[on]
    return out, [on]


def relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of relu.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    dx = np.zeros(dout.shape)
    dx[cache[0]] = dout[cache[0]]
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
    slope = np.zeros(x.shape) + negative_slope
    slope[x > 0] = 1.0
    return x * slope, [slope]


def leaky_relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the leaky relu, with the slope that its forward was given.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return dout * cache[0]


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
    neg = x < 0
    slope = channel_slopes(alpha, x.shape)
    out = x.copy()
    out[neg] = slope[neg] * x[neg]
    return out, [x.copy(), neg, slope, np.shape(alpha)]


def prelu_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Backward pass of the parametric relu.

    Returns:
        The gradients with respect to x, of x's shape, and to alpha: a number where alpha is one (an array of
        one entry will do), else (C,). An alpha acts on many entries of x, and its gradient is the sum over
        all of them.
    """
    x = cache[0]
    neg = cache[1]
    slope = cache[2]
    alpha_shape = cache[3]
    dx = dout.copy()
    dx[neg] = slope[neg] * dout[neg]
    prod = np.zeros(x.shape)
    prod[neg] = x[neg] * dout[neg]
    if len(alpha_shape) == 0:
        return dx, np.array(prod.sum())
    C = alpha_shape[0]
    if C == 1:
        return dx, np.array([prod.sum()])
    flat = prod.reshape(x.shape[0], C, -1)
    dalpha = np.zeros(C)
    c = 0
    while c < C:
        dalpha[c] = flat[:, c, :].sum()
        c = c + 1
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
    neg = x < 0
    out = x.copy()
    out[neg] = alpha * np.expm1(x[neg])
    slope = np.ones(x.shape)
    slope[neg] = alpha * np.exp(x[neg])
    return out, [slope]


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of elu, with the alpha of its forward, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return dout * cache[0]


def silu_forward(x: Array) -> tuple[Array, Cache]:
    """Sigmoid linear unit (also called swish): every entry of x times its own sigmoid.

    It must be right for all x up to 1000 on either side.

    Source: "Gaussian error linear units", 2016, section 2, where it gets its name.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    s = safe_sigmoid(x)
    return x * s, [x.copy(), s]


def silu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of silu, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache[0]
    s = cache[1]
    return dout * (s + x * s * one_minus_sigmoid(x))


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
    # (1 + tanh(u)) / 2 is the sigmoid of 2u
    u = np.sqrt(2.0 / np.pi) * (x + 0.044715 * x * x * x)
    return x * safe_sigmoid(2.0 * u), [x.copy()]


def gelu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of gelu: the gradient of the form with tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache[0]
    k = np.sqrt(2.0 / np.pi)
    u = k * (x + 0.044715 * x * x * x)
    du = k * (1.0 + 3.0 * 0.044715 * x * x)
    s = safe_sigmoid(2.0 * u)
    ds = s * one_minus_sigmoid(2.0 * u) * 2.0 * du
    return dout * (s + x * ds)


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
    K, D, M = w.shape
    N = x.shape[0]
    out = np.zeros((N, M))
    winner = np.zeros((N, M), dtype=int)
    k = 0
    while k < K:
        piece = x.dot(w[k]) + repmat(b[k], N)
        if k == 0:
            out[:, :] = piece
        else:
            better = piece > out
            out[better] = piece[better]
            winner[better] = k
        k = k + 1
    return out, [x.copy(), w.copy(), winner]


def maxout_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the maxout layer.

    Returns:
        The gradients with respect to x, (N, D), to w, (K, D, M), and to b, (K, M).
    """
    x = cache[0]
    w = cache[1]
    winner = cache[2]
    K, D, M = w.shape
    dx = np.zeros(x.shape)
    dw = np.zeros((K, D, M))
    db = np.zeros((K, M))
    k = 0
    while k < K:
        g = np.zeros(winner.shape)
        mine = winner == k
        g[mine] = dout[mine]
        dx += g.dot(w[k].T)
        dw[k] = x.T.dot(g)
        db[k] = g.sum(0)
        k = k + 1
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
    flat = np.reshape(out, -1)
    count = 0
    i = 0
    while i < flat.size:
        if flat[i] - low < tol or high - flat[i] < tol:
            count = count + 1
        i = i + 1
    return count / flat.size


def dead_fraction(activations: Array) -> float:
    """Share of a layer's units that are dead on a batch: exactly 0 for every sample of it.

    Args:
        activations: outputs of a layer for a batch, (N, M), a column for each unit; of any sign, since a tanh
            may be looked at as well as a relu.

    Returns:
        A number in [0, 1].
    """
    N, M = activations.shape
    dead = 0
    m = 0
    while m < M:
        n = 0
        while n < N and activations[n, m] == 0:
            n = n + 1
        if n == N:
            dead = dead + 1
        m = m + 1
    return dead / M
