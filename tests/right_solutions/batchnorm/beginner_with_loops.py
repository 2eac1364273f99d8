"""Batch normalization and layer normalization.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: packages that you would install are not there when your work is graded. Names and calling conventions
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
    num_samples, num_features = x.shape
    assert gamma.shape == (num_features,)
    assert beta.shape == (num_features,)
    out = np.zeros(x.shape)

    if mode == "train":
        x_hat = np.zeros(x.shape)
        differences = np.zeros(x.shape)
        roots = np.zeros(num_features)
        new_running_mean = np.zeros(num_features)
        new_running_var = np.zeros(num_features)
        for feature in range(num_features):
            column = x[:, feature]
            mean = np.sum(column) / num_samples
            difference = column - mean
            var = np.sum(difference * difference) / num_samples
            root = np.sqrt(var + eps)
            x_hat[:, feature] = difference / root
            out[:, feature] = gamma[feature] * x_hat[:, feature] + beta[feature]
            # for the backward pass
            differences[:, feature] = difference
            roots[feature] = root
            new_running_mean[feature] = momentum * running_mean[feature] + (1 - momentum) * mean
            new_running_var[feature] = momentum * running_var[feature] + (1 - momentum) * var
        bn_param["running_mean"] = new_running_mean
        bn_param["running_var"] = new_running_var
        cache = {
            "x_hat": x_hat,
            "differences": differences,
            "roots": roots,
            "gamma": gamma.copy(),
            "num_samples": num_samples,
        }
    elif mode == "test":
        for feature in range(num_features):
            root = np.sqrt(running_var[feature] + eps)
            out[:, feature] = gamma[feature] * (x[:, feature] - running_mean[feature]) / root + beta[feature]
        cache = {}
    else:
        raise ValueError(f"mode must be train or test, not {mode}")
    return out, cache


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
    x_hat = cache["x_hat"]
    differences = cache["differences"]
    roots = cache["roots"]
    gamma = cache["gamma"]
    N = cache["num_samples"]
    assert dout.shape == x_hat.shape
    num_features = dout.shape[1]
    dx = np.zeros(dout.shape)
    dgamma = np.zeros(num_features)
    dbeta = np.zeros(num_features)
    for feature in range(num_features):
        d = dout[:, feature]
        difference = differences[:, feature]
        root = roots[feature]
        # shift and scale
        dbeta[feature] = np.sum(d)
        dgamma[feature] = np.sum(d * x_hat[:, feature])
        dx_hat = d * gamma[feature]
        # quotient: x_hat = difference * (1 / root)
        ddifference = dx_hat / root
        dinverse = np.sum(dx_hat * difference)
        # 1 / root
        droot = -dinverse / root**2
        # root
        dvar = 0.5 * droot / root
        # var = sum(square) / N
        dsquare = np.ones(N) * dvar / N
        # square (second arrow into difference)
        ddifference = ddifference + 2 * difference * dsquare
        # difference = x - mean: two arrows again
        dmean = -np.sum(ddifference)
        dx[:, feature] = ddifference + np.ones(N) * dmean / N
    return dx, dgamma, dbeta


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
    # on paper: dx = gamma / (N * root) * (N * dout - sum(dout) - x_hat * sum(dout * x_hat))
    x_hat = cache["x_hat"]
    N = cache["num_samples"]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    factor = cache["gamma"] / (N * cache["roots"])
    dx = factor * (N * dout - dbeta - x_hat * dgamma)
    assert dx.shape == dout.shape
    return dx, dgamma, dbeta


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
    num_samples, num_features = x.shape
    assert gamma.shape == (num_features,)
    out = np.zeros(x.shape)
    rows_normalized = []
    roots = []
    for i in range(num_samples):
        row = x[i]
        mean = np.mean(row)
        difference = row - mean
        var = np.mean(difference**2)
        root = np.sqrt(var + eps)
        row_normalized = difference / root
        out[i] = gamma * row_normalized + beta
        rows_normalized.append(row_normalized)
        roots.append(root)
    cache = [rows_normalized, roots, gamma.copy()]
    return out, cache


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
    rows_normalized, roots, gamma = cache
    num_samples, num_features = dout.shape
    assert len(rows_normalized) == num_samples
    dx = np.zeros(dout.shape)
    dgamma = np.zeros(num_features)
    dbeta = np.zeros(num_features)
    for i in range(num_samples):
        x_hat = rows_normalized[i]
        dgamma += dout[i] * x_hat
        dbeta += dout[i]
        # gamma differs from feature to feature, so it must go in BEFORE the sums
        dx_hat = dout[i] * gamma
        sum_one = np.sum(dx_hat)
        sum_two = np.sum(dx_hat * x_hat)
        dx[i] = (dx_hat - sum_one / num_features - x_hat * sum_two / num_features) / roots[i]
    return dx, dgamma, dbeta
