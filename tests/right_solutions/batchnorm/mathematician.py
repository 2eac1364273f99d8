"""Batch normalization and layer normalization.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: of other packages only Matplotlib is there when your work is graded. Names and calling conventions
follow Stanford CS231n's assignments.

Throughout, N is the number of samples and D the number of features; x, and all that has its shape, is (N, D)
and float64, gamma and beta are (D,). Batches of one sample and layers of one feature are allowed. Where an
array (D,) is asked for, (1, D) will do.

A forward returns its output and a cache: whatever its backward needs, in any form you like. A backward gets
dout, the gradient of the loss with respect to the output of one forward call, and the cache of that call,
made just for it. Other forward calls may come in between: a net has many layers. A forward leaves x, gamma
and beta alone; a backward may change dout and the cache.

Features may lie far from 0 and close together, like a million and one, a million and two. The differences
from the mean are exact there, the difference of two averages of squares is not: results must be right to six
digits. Gradients are worked out on paper, so elsewhere all their digits are right; differences are too slow
for large arrays, and too inexact.

Sources: "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift"
(2015); "Layer Normalization" (2016).
"""

from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "sklearn", "tensorflow", "torch")

Array = np.ndarray


# On paper. Let c = P x be a column without its mean, P = I - e e^T with e = (1, ..., 1) / sqrt(N), and
# v = |c|^2 / N, r = (v + eps)^(-1/2). Then z = r c, and from dv = 2 <c, dx> / N, dr = -r^3 dv / 2
#     dz = r P dx - r^3 c <c, dx> / N = r (P - z z^T / N) dx.
# The Jacobian is symmetric. With the unit vector u = c / |c| one has z z^T / N = (1 - eps r^2) u u^T, so it is
# r times the projection that takes out e and u, plus a rest eps r^2 u u^T, which vanishes with eps.
# Layer normalization is the same thing for the transposed matrix.


def centred(x):
    c = x - np.mean(x, axis=0, keepdims=True)
    return c, np.mean(c * c, axis=0, keepdims=True)


def standard(x, eps):
    c, v = centred(x)
    return c * (v + eps) ** -0.5


def jacobian_by_projections(x, eps, g):
    """J g, column by column, with the unit vectors e and u."""
    c, v = centred(x)
    r = (v + eps) ** -0.5
    length = np.linalg.norm(c, axis=0, keepdims=True)
    u = c / np.where(length > 0, length, 1)
    e = np.full((len(x), 1), len(x) ** -0.5)
    on_u = u * np.sum(u * g, axis=0, keepdims=True)
    return r * (g - e @ (e.T @ g) - on_u + eps * r**2 * on_u)


def jacobian(x, eps, g):
    """J g, column by column, in one line."""
    z, r = standard(x, eps), (centred(x)[1] + eps) ** -0.5
    return r * (g - np.mean(g, axis=0, keepdims=True) - z * np.mean(z * g, axis=0, keepdims=True))


def scale_and_shift_gradients(z, dout):
    """The diagonals of z^T dout, and 1^T dout; both (1, D)."""
    return np.einsum("nd,nd->d", z, dout)[None, :], np.ones((1, len(dout))) @ dout


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]) -> tuple[Array, Any]:
    """Normalize each feature over the batch, then scale it by gamma and shift it by beta.

    In mode "train", mean and var are those of each feature over this batch; var is the biased variance, the
    mean of the squared differences from the mean (divided by N, not by N - 1):

        out = gamma * (x - mean) / sqrt(var + eps) + beta

    The call also stores new running statistics in bn_param, under the keys of the old ones:

        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var

    In mode "test" the same formula for out holds with running_mean and running_var in place of mean and var,
    and the running statistics stay as they are.

    ("Batch Normalization", algorithms 1 and 2. Theirs has the unbiased variance at test time; here, as in
    CS231n, it is the biased one throughout.)

    Args:
        x: (N, D).
        gamma: scale (D,).
        beta: shift (D,).
        bn_param: all that the layer remembers from call to call, and nothing is remembered elsewhere:
            mode: "train" or "test".
            eps: added to the variance, above 0; 1e-5 where missing.
            momentum: share of the old running statistics that is kept, from 0 to 1; 0.9 where missing.
            running_mean, running_var: (D,); zeros where missing, both of them.

    Returns:
        out (N, D), and a cache for the backward. Only caches of mode "train" are ever used.

    Raises:
        ValueError: the mode is neither of the two.
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        c, v = centred(x)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * np.mean(x, axis=0, keepdims=True)
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * v
        return standard(x, eps) * gamma + beta, (x, gamma, eps)
    if mode == "test":
        slope = gamma * (running_var + eps) ** -0.5
        return slope * (x - running_mean) + beta, None
    raise ValueError(f"mode is {mode!r}, neither 'train' nor 'test'")


def batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients of batch normalization in mode "train".

    Draw the forward pass as a graph of simple steps (mean, difference, square, variance, root, quotient,
    scale, shift) and go back through it, one step after the other. Where two arrows leave a quantity, add the
    two gradients that come back to it. Mean and variance depend on x, too. (Whoever gets there on another way
    is right as well: what counts are the gradients.)

    Args:
        dout: gradient with respect to out, (N, D).
        cache: from `batchnorm_forward`.

    Returns:
        dx (N, D), dgamma (D,), dbeta (D,).
    """
    x, gamma, eps = cache
    return (jacobian_by_projections(x, eps, dout * gamma), *scale_and_shift_gradients(standard(x, eps), dout))


def batchnorm_backward_alt(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """What `batchnorm_backward` returns, from a closed form that you derive on paper.

    The many steps shrink to one line for dx: put the derivatives of mean and variance in and simplify. (To
    call `batchnorm_backward` gives right results as well, and all points, but less to be proud of.)

    Args:
        dout: gradient with respect to out, (N, D).
        cache: from `batchnorm_forward`, the same as for `batchnorm_backward`.

    Returns:
        dx (N, D), dgamma (D,), dbeta (D,).
    """
    x, gamma, eps = cache
    return (gamma * jacobian(x, eps, dout), *scale_and_shift_gradients(standard(x, eps), dout))


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]) -> tuple[Array, Any]:
    """Normalize each sample over its features, then scale and shift the features.

    Mean and biased variance are those of each row of x, so that no sample knows of the others:

        out = gamma * (x - mean) / sqrt(var + eps) + beta

    Training and testing are the same here, and there are no running statistics. ("Layer Normalization",
    equations 3 and 4.)

    Args:
        x: (N, D).
        gamma: scale of each feature, (D,).
        beta: shift of each feature, (D,).
        ln_param: eps: added to the variance, above 0; 1e-5 where missing. Other keys, such as a mode, have no
            effect.

    Returns:
        out (N, D), and a cache for the backward.
    """
    eps = ln_param.get("eps", 1e-5)
    return standard(x.T, eps).T * gamma + beta, (x, gamma, eps)


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients of layer normalization.

    Much of what you have for batch normalization can be used again. Mind over what mean and variance are
    taken here, and that gamma differs from feature to feature.

    Args:
        dout: gradient with respect to out, (N, D).
        cache: from `layernorm_forward`.

    Returns:
        dx (N, D), dgamma (D,), dbeta (D,).
    """
    x, gamma, eps = cache
    dx = jacobian_by_projections(x.T, eps, (dout * gamma).T).T
    return (dx, *scale_and_shift_gradients(standard(x.T, eps).T, dout))
