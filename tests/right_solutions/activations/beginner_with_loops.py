"""Affine layers, activation functions, and what goes wrong with them: saturated and dead units.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: packages that you would install are not there when your work is graded. Names and calling conventions
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


DEBUG = False


def stable_sigmoid(x):
    # two cases, so that exp only ever gets numbers <= 0
    result = np.zeros(x.shape)
    positive_mask = x >= 0
    negative_mask = np.logical_not(positive_mask)
    result[positive_mask] = 1 / (1 + np.exp(-x[positive_mask]))
    exp_of_negative = np.exp(x[negative_mask])
    result[negative_mask] = exp_of_negative / (1 + exp_of_negative)
    return result


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
    num_samples = x.shape[0]
    D, M = w.shape
    assert b.shape == (M,)
    out = np.zeros((num_samples, M))
    rows = []  # the flattened samples, I need them again in the backward pass
    for i in range(num_samples):
        row = np.reshape(x[i], (-1,))
        assert row.shape == (D,), "sample does not fit to the weights"
        out[i] = row.dot(w) + b
        rows.append(row)
    cache = {"rows": rows, "x_shape": x.shape, "w": w}
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
    rows = cache["rows"]
    w = cache["w"]
    x_shape = cache["x_shape"]
    num_samples = x_shape[0]
    assert dout.shape == (num_samples, w.shape[1])
    dx = np.zeros(x_shape)
    dw = np.zeros(w.shape)
    db = np.zeros(w.shape[1])
    for i in range(num_samples):
        dx[i] = np.reshape(w.dot(dout[i]), x_shape[1:])
        dw += np.outer(rows[i], dout[i])
        db += dout[i]
    if DEBUG:
        print("affine backward", dx.shape, dw.shape, db.shape)
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
    out = stable_sigmoid(x)
    cache = [out]
    return out, cache


def sigmoid_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the sigmoid, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    sigmoid_of_x = cache[0]
    assert dout.shape == sigmoid_of_x.shape
    return dout * sigmoid_of_x * (1 - sigmoid_of_x)


def tanh_forward(x: Array) -> tuple[Array, Cache]:
    """Hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)), entry by entry.

    It must be right for all x up to 1000 on either side. NumPy's own functions may be used.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    out = np.tanh(x)
    cache = [out]
    return out, cache


def tanh_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    tanh_of_x = cache[0]
    return dout * (1 - tanh_of_x**2)


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """Rectified linear unit, max(0, x), entry by entry.

    Source: "Rectified linear units improve restricted Boltzmann machines", ICML 2010.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    mask = x > 0
    out = np.where(mask, x, 0.0)
    cache = [mask]
    return out, cache


def relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of relu.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    mask = cache[0]
    assert dout.shape == mask.shape
    return np.where(mask, dout, 0.0)


def leaky_relu_forward(x: Array, negative_slope: float = 0.01) -> tuple[Array, Cache]:
    """Leaky relu: x where x is positive, negative_slope * x where it is negative.

    Source: "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.

    Args:
        x: any shape.
        negative_slope: any number, also a negative one or one above 1.

    Returns:
        The output, of x's shape, and the cache.
    """
    # not np.maximum(x, slope * x): that is wrong for slopes above 1
    positive_mask = x > 0
    out = np.where(positive_mask, x, negative_slope * x)
    cache = [positive_mask, negative_slope]
    return out, cache


def leaky_relu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of the leaky relu, with the slope that its forward was given.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    positive_mask, negative_slope = cache
    return np.where(positive_mask, dout, negative_slope * dout)


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
    positive_mask = x > 0
    alpha_is_a_number = np.ndim(alpha) == 0
    out = np.array(x, dtype=float)  # a copy
    if alpha_is_a_number:
        out[np.logical_not(positive_mask)] *= alpha
    else:
        num_channels = x.shape[1]
        assert alpha.shape == (num_channels,)
        for channel in range(num_channels):
            out[:, channel] = np.where(positive_mask[:, channel], x[:, channel], alpha[channel] * x[:, channel])
    cache = {"x": x, "positive_mask": positive_mask, "alpha": alpha, "alpha_is_a_number": alpha_is_a_number}
    return out, cache


def prelu_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Backward pass of the parametric relu.

    Returns:
        The gradients with respect to x, of x's shape, and to alpha: a number where alpha is one (an array of
        one entry will do), else (C,). An alpha acts on many entries of x, and its gradient is the sum over
        all of them.
    """
    x = cache["x"]
    positive_mask = cache["positive_mask"]
    alpha = cache["alpha"]
    dx = np.zeros(x.shape)
    if cache["alpha_is_a_number"]:
        dx = np.where(positive_mask, dout, alpha * dout)
        dalpha = np.sum(np.where(positive_mask, 0.0, dout * x))
    else:
        num_channels = x.shape[1]
        dalpha = np.zeros(num_channels)
        for channel in range(num_channels):
            mask = positive_mask[:, channel]
            dout_channel = dout[:, channel]
            dx[:, channel] = np.where(mask, dout_channel, alpha[channel] * dout_channel)
            dalpha[channel] = np.sum(np.where(mask, 0.0, dout_channel * x[:, channel]))
    assert dx.shape == x.shape
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
    positive_mask = x > 0
    # exp only where x is negative, else it overflows
    exp_of_negative = np.exp(np.where(positive_mask, 0.0, x))
    out = np.where(positive_mask, x, alpha * (exp_of_negative - 1))
    cache = {"positive_mask": positive_mask, "slope_left": alpha * exp_of_negative}
    return out, cache


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of elu, with the alpha of its forward, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    return np.where(cache["positive_mask"], dout, dout * cache["slope_left"])


def silu_forward(x: Array) -> tuple[Array, Cache]:
    """Sigmoid linear unit (also called swish): every entry of x times its own sigmoid.

    It must be right for all x up to 1000 on either side.

    Source: "Gaussian error linear units", 2016, section 2, where it gets its name.

    Args:
        x: any shape.

    Returns:
        The output, of x's shape, and the cache.
    """
    sigmoid_of_x = stable_sigmoid(x)
    out = x * sigmoid_of_x
    cache = (x, sigmoid_of_x)
    return out, cache


def silu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of silu, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x, sigmoid_of_x = cache
    # product rule: (x * s)' = s + x * s'
    slope = sigmoid_of_x + x * sigmoid_of_x * (1 - sigmoid_of_x)
    return dout * slope


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
    constant = np.sqrt(2 / np.pi)
    inner = constant * (x + 0.044715 * x**3)
    tanh_of_inner = np.tanh(inner)
    out = 0.5 * x * (1 + tanh_of_inner)
    cache = {"x": x, "tanh_of_inner": tanh_of_inner}
    return out, cache


def gelu_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of gelu: the gradient of the form with tanh, right for all x up to 1000 on either side.

    Returns:
        The gradient with respect to x, of x's shape.
    """
    x = cache["x"]
    tanh_of_inner = cache["tanh_of_inner"]
    slope_of_inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    slope_of_tanh = 1 - tanh_of_inner**2
    slope = 0.5 * (1 + tanh_of_inner) + 0.5 * x * slope_of_tanh * slope_of_inner
    return dout * slope


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
    num_pieces, D, M = w.shape
    num_samples = x.shape[0]
    assert x.shape[1] == D
    assert b.shape == (num_pieces, M)
    pieces = []
    for k in range(num_pieces):
        pieces.append(x.dot(w[k]) + b[k])
    out = pieces[0].copy()
    winners = np.zeros((num_samples, M), dtype=int)
    for k in range(1, num_pieces):
        bigger_mask = pieces[k] > out
        out[bigger_mask] = pieces[k][bigger_mask]
        winners[bigger_mask] = k
    cache = {"x": x, "w": w, "winners": winners}
    return out, cache


def maxout_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the maxout layer.

    Returns:
        The gradients with respect to x, (N, D), to w, (K, D, M), and to b, (K, M).
    """
    x = cache["x"]
    w = cache["w"]
    winners = cache["winners"]
    num_pieces, D, M = w.shape
    num_samples = x.shape[0]
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = np.zeros((num_pieces, M))
    for k in range(num_pieces):
        for i in range(num_samples):
            # only the outputs where piece k has won
            dout_of_piece = np.where(winners[i] == k, dout[i], 0.0)
            dx[i] += w[k].dot(dout_of_piece)
            dw[k] += np.outer(x[i], dout_of_piece)
            db[k] += dout_of_piece
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
    count = 0
    total = 0
    for value in np.ravel(out):
        total += 1
        if abs(value - low) < tol or abs(value - high) < tol:
            count += 1
    return count / total


def dead_fraction(activations: Array) -> float:
    """Share of a layer's units that are dead on a batch: exactly 0 for every sample of it.

    Args:
        activations: outputs of a layer for a batch, (N, M), a column for each unit; of any sign, since a tanh
            may be looked at as well as a relu.

    Returns:
        A number in [0, 1].
    """
    num_samples, num_units = activations.shape
    num_dead = 0
    for unit in range(num_units):
        dead = True
        for i in range(num_samples):
            if activations[i, unit] != 0:
                dead = False
                break
        if dead:
            num_dead += 1
    return num_dead / num_units
