"""Training a net from end to end: data, model, solver, checks, hyperparameters, ensembles and transfer.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and the standard
library: other packages (but for Matplotlib) are not there when your work is graded. Names and calling
conventions follow Stanford CS231n's assignments where these ask for the same.

Throughout, N is the number of samples, D the number of features, C the number of classes; labels y are (N,)
with integers in [0, C). No function changes the data that it is given. Gradients are worked out on paper, so
all their digits are right; differences are too slow for large arrays, and too inexact.

A *model* is any object with two public members, and your functions use nothing else of it:

    params          dictionary of its parameters, arrays by name
    loss(X, y)      the loss on a batch and a dictionary of gradients, with the names of params
    loss(X)         the scores (N, C), in test mode

The names say the kind of a parameter and the number of its layer, from 1: W1, b1, gamma1, beta1, W2, ...
Training may change the arrays in params, or put new ones in their place. Wherever a function below draws a
batch, it draws batch_size rows of X with their labels at random by rng, with or without replacement, as you
like.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any
Model = Any
Params = dict[str, Array]
Settings = dict[str, Any]
Ranges = dict[str, tuple[float, float]]


# Given: nothing to do here.


# ---- my own little helpers ----


def repmat_row(v, n):
    return np.tile(np.reshape(v, (1, -1)), (n, 1))


def repmat_col(v, m):
    return np.tile(np.reshape(v, (-1, 1)), (1, m))


def random_rows(N, batch_size, rng):
    if batch_size > N:
        return rng.integers(0, N, batch_size)
    return rng.permutation(N)[0:batch_size]


def copy_params(params):
    out = {}
    for name in params:
        out[name] = np.array(params[name])
    return out


def copy_config(config):
    out = {}
    for key in config:
        value = config[key]
        if isinstance(value, np.ndarray):
            value = value.copy()
        out[key] = value
    return out


def last_layer(model):
    biggest = 0
    for name in model.params:
        n = layer_number(name)
        if n > biggest:
            biggest = n
    return biggest


def covariance_axes(train):
    """mean, eigenvectors (columns) and eigenvalues, the largest first"""
    N = train.shape[0]
    mean = train.sum(0) / N
    diff = train - repmat_row(mean, N)
    s, U = np.linalg.eigh(diff.T.dot(diff) / N)
    D = len(s)
    s2 = np.zeros(D)
    U2 = np.zeros((D, D))
    k = 0
    while k < D:
        s2[k] = max(s[D - 1 - k], 0.0)
        U2[:, k] = U[:, D - 1 - k]
        k = k + 1
    return mean, U2, s2


class LeastSquaresModel:
    """A small model that is complete, to try your functions on: one affine layer and squared distances.

    The loss is the mean over the samples of |scores - truth|^2 / 2, where the truth is 1 for the right class
    and 0 for the others. There is no penalty.
    """

    def __init__(self, input_dim: int, num_classes: int) -> None:
        self.params: Params = {"W1": np.zeros((input_dim, num_classes)), "b1": np.zeros(num_classes)}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores of X (N, ...), or loss and gradients, as for every model."""
        features = np.reshape(X, (len(X), -1))
        scores = np.dot(features, self.params["W1"]) + self.params["b1"]
        if y is not None:
            excess = scores - np.identity(scores.shape[1])[y]
            gradients = {"W1": np.dot(features.T, excess) / len(X), "b1": np.mean(excess, axis=0)}
            return np.vdot(excess, excess) / (2 * len(X)), gradients
        return scores


def sgd(w: Array, dw: Array, config: Settings) -> tuple[Array, Settings]:
    """Update rule of plain gradient descent, which works in place, as update rules may.

    Args:
        w: parameter of any shape.
        dw: its gradient.
        config: settings and state of the rule; here learning_rate alone.

    Returns:
        The next w, and config.
    """
    w -= dw * config["learning_rate"]
    return w, config


def layer_number(name: str) -> int:
    """The number of the layer that a parameter belongs to: 12 for "gamma12"."""
    return int("".join(c for c in name if c.isdigit()))


# Data.


def zero_center(train: Array, *others: Array) -> tuple[Array, ...]:
    """Subtract the mean that each feature (each pixel) has over the training data.

    The mean is that of train alone, and validation and test data are shifted by it, too: nothing about them
    may be known before the test.

    Args:
        train: (N, ...), numbers of any kind, integers (pixels) among them.
        others: more data, (M, ...) each, shaped like train beyond the first axis.

    Returns:
        All of them, in that order, shifted; float64.
    """
    t = np.array(train, dtype=np.float64)
    mean = t.sum(axis=0) / t.shape[0]
    out = [t - mean]
    k = 0
    while k < len(others):
        out.append(np.array(others[k], dtype=np.float64) - mean)
        k = k + 1
    return tuple(out)


def standardize(train: Array, *others: Array) -> tuple[Array, ...]:
    """Zero-center, then divide each feature by the standard deviation that it has over the training data.

    The variance is the mean of the squared differences, divided by N. A feature that is 0 in all of train,
    like the dark corner of an image, is centred only.

    Args:
        train: (N, ...).
        others: more data, (M, ...) each.

    Returns:
        All of them, in that order, standardized; float64.
    """
    centred = zero_center(train, *others)
    first = centred[0]
    std = np.sqrt((first * first).sum(axis=0) / first.shape[0])
    std = np.where(std == 0, 1.0, std)
    out = []
    k = 0
    while k < len(centred):
        out.append(centred[k] / std)
        k = k + 1
    return tuple(out)


def pca(X: Array, k: int) -> tuple[Array, Array]:
    """Principal component analysis: the k directions in which the data vary most.

    They are the eigenvectors of the covariance matrix of X with the largest eigenvalues, and the first right
    singular vectors of X - mean. (Pearson 1901; Hotelling 1933.)

    Args:
        X: (N, D).
        k: how many components, at most N - 1 and at most D.

    Returns:
        The mean of X (D,), and the components (k, D): rows of length 1, orthogonal to each other, the one
        with the largest variance first. The sign of each row is free.
    """
    N, D = X.shape
    X = np.array(X, dtype=np.float64)
    mean = X.sum(0) / N
    U, S, V = np.linalg.svd(X - repmat_row(mean, N), full_matrices=False)
    comp = np.zeros((k, D))
    i = 0
    while i < k:
        comp[i, :] = V[i, :]
        i = i + 1
    return mean, comp


def whiten(train: Array, eps: float, *others: Array) -> tuple[Array, ...]:
    """PCA whitening: rotate the data onto the principal axes of train and scale each axis to variance 1.

    With the eigenvectors U (columns, the largest eigenvalue first) and the eigenvalues s of the covariance of
    train, (1/N) sum over i of (x_i - mean)(x_i - mean)^T, a row x becomes

        (x - mean) U / sqrt(s + eps)

    The data stay on those axes; they are not rotated back. The sign of each column of the result is free.

    Args:
        train: (N, D).
        eps: added to the eigenvalues, so that axes without variance are not blown up.
        others: more data, (M, D) each.

    Returns:
        All of them, in that order, whitened with mean, axes and eigenvalues of train.
    """
    mean, U, s = covariance_axes(np.array(train, dtype=np.float64))
    scale = np.sqrt(s + eps)
    out = []
    k = 0
    while k <= len(others):
        if k == 0:
            A = np.array(train, dtype=np.float64)
        else:
            A = np.array(others[k - 1], dtype=np.float64)
        n = A.shape[0]
        out.append((A - repmat_row(mean, n)).dot(U) / repmat_row(scale, n))
        k = k + 1
    return tuple(out)


# The layers that your nets are made of. You have them from the earlier topics: take yours, with their
# conventions. (A forward leaves its arguments alone, but for the running statistics in bn_param.)


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: x (N, ...), w (D, M), b (M,) -> out (N, M) and a cache."""
    N = x.shape[0]
    flat = x.reshape(N, w.shape[0]).copy()
    out = flat.dot(w) + repmat_row(b, N)
    return out, [flat, w.copy(), x.shape]


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `activations`: the gradients dx (N, ...), dw (D, M), db (M,)."""
    flat = cache[0]
    w = cache[1]
    dx = dout.dot(w.T).reshape(cache[2])
    dw = flat.T.dot(dout)
    db = dout.sum(0)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: out of x's shape, and a cache."""
    out = np.zeros(x.shape)
    on = x > 0
    out[on] = x[on]
    return out, [on]


def relu_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `activations`: dx."""
    on = cache[0]
    dx = np.zeros(on.shape)
    dx[on] = dout[on]
    return dx


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased (divided by N), and eps is added to it before the root. bn_param holds the mode,
    "train" or "test". Mode "train" also stores running_mean and running_var there, which are zeros where
    missing: of the old value the share `momentum` is kept, the rest comes from the batch. Mode "test" uses
    them and leaves them alone. The net needs no other eps and momentum than 1e-5 and 0.9.
    """
    N, D = x.shape
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    if bn_param.get("running_mean") is None:
        rm = np.zeros(D)
        rv = np.zeros(D)
    else:
        rm = bn_param["running_mean"]
        rv = bn_param["running_var"]
    if bn_param["mode"] == "train":
        mean = x.sum(0) / N
        diff = x - repmat_row(mean, N)
        var = (diff * diff).sum(0) / N
        bn_param["running_mean"] = momentum * rm + (1 - momentum) * mean
        bn_param["running_var"] = momentum * rv + (1 - momentum) * var
    else:
        diff = x - repmat_row(rm, N)
        var = rv
    istd = 1.0 / np.sqrt(var + eps)
    xhat = diff * repmat_row(istd, N)
    out = xhat * repmat_row(gamma, N) + repmat_row(beta, N)
    return out, [xhat, istd, np.array(gamma)]


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`, for caches of mode "train": dx (N, D), dgamma (D,), dbeta (D,)."""
    xhat = cache[0]
    istd = cache[1]
    gamma = cache[2]
    N = xhat.shape[0]
    dbeta = dout.sum(0)
    dgamma = (dout * xhat).sum(0)
    t = dout - repmat_row(dbeta / N, N) - xhat * repmat_row(dgamma / N, N)
    return t * repmat_row(gamma * istd, N), dgamma, dbeta


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`, with eps 1e-5: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased, and eps stands within the root. There is no mode: training and test are the same.
    """
    N, D = x.shape
    eps = ln_param.get("eps", 1e-5)
    mean = x.sum(1) / D
    diff = x - repmat_col(mean, D)
    var = (diff * diff).sum(1) / D
    istd = 1.0 / np.sqrt(var + eps)
    xhat = diff * repmat_col(istd, D)
    out = xhat * repmat_row(gamma, N) + repmat_row(beta, N)
    return out, [xhat, istd, np.array(gamma)]


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`: dx (N, D), dgamma (D,), dbeta (D,)."""
    xhat = cache[0]
    istd = cache[1]
    gamma = cache[2]
    N, D = xhat.shape
    dbeta = dout.sum(0)
    dgamma = (dout * xhat).sum(0)
    g = dout * repmat_row(gamma, N)
    m1 = g.sum(1) / D
    m2 = (g * xhat).sum(1) / D
    dx = (g - repmat_col(m1, D) - xhat * repmat_col(m2, D)) * repmat_col(istd, D)
    return dx, dgamma, dbeta


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `dropout`: out of x's shape, and a cache.

    dropout_param holds p, the probability of KEEPING an entry, the mode, "train" or "test", and maybe a seed,
    an integer from 0 on or None: with an integer every call drops the same entries, and without one it draws
    from whatever source you like. Dropout is inverted: on average an output is as large in mode "train" as in
    mode "test", where nothing is dropped.
    """
    if dropout_param["mode"] != "train":
        return x.copy(), [None]
    p = dropout_param["p"]
    gen = np.random.default_rng(dropout_param.get("seed"))
    u = gen.random(x.size).reshape(x.shape)
    factor = np.zeros(x.shape)
    factor[u < p] = 1.0 / p
    return x * factor, [factor]


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `dropout`: dx."""
    if cache[0] is None:
        return dout.copy()
    return dout * cache[0]


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """As in the topic `losses`: scores (N, C) and labels -> the mean cross-entropy, and dx (N, C)."""
    N, C = x.shape
    shifted = x - repmat_col(x.max(1), C)
    e = np.exp(shifted)
    z = e.sum(1)
    dx = e / repmat_col(z, C)
    total = 0.0
    n = 0
    while n < N:
        total += np.log(z[n]) - shifted[n, y[n]]
        dx[n, y[n]] -= 1
        n = n + 1
    return float(total / N), dx / N


# The nets.


class TwoLayerNet:
    """A net with one hidden layer: affine - relu - affine, and the softmax loss. A model, as at the top.

    The penalty is 0.5 * reg * sum(W * W) for each of the two W; the b have none. (Mind the 1/2, which the
    topic `losses` does not have.)

    Attributes:
        params: W1 (input_dim, hidden_dim), b1 (hidden_dim,), W2 (hidden_dim, num_classes), b2 (num_classes,).
            Others may put arrays of other values there: `loss` works with what it finds.
    """

    def __init__(
        self, input_dim: int, hidden_dim: int, num_classes: int, weight_scale: float = 1e-3, reg: float = 0.0
    ) -> None:
        """Make the parameters.

        Each W is normal with mean 0 and standard deviation weight_scale, drawn from whatever source you like;
        each b is 0.

        Args:
            input_dim: number of features D.
            hidden_dim: number of hidden units.
            num_classes: C.
            weight_scale: standard deviation of the first weights.
            reg: strength of the penalty.
        """
        self.reg = reg
        self.params: Params = {}
        self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients. Neither X and y nor the parameters change.

        Args:
            X: (N, d_1, ..., d_k) with d_1 * ... * d_k = input_dim; the last axis runs fastest, as in NumPy's
                `reshape`.
            y: labels (N,), or None.

        Returns:
            Without labels the scores (N, C). With labels the loss, penalty included, and a dictionary with
            the gradient of each parameter.
        """
        W1 = self.params["W1"]
        W2 = self.params["W2"]
        a, cache1 = affine_forward(X, W1, self.params["b1"])
        h, cache2 = relu_forward(a)
        scores, cache3 = affine_forward(h, W2, self.params["b2"])
        if y is None:
            return scores
        loss, ds = softmax_loss(scores, y)
        dh, dW2, db2 = affine_backward(ds, cache3)
        da = relu_backward(dh, cache2)
        dx, dW1, db1 = affine_backward(da, cache1)
        loss += 0.5 * self.reg * np.sum(W1 * W1)
        loss += 0.5 * self.reg * np.sum(W2 * W2)
        grads = {}
        grads["W1"] = dW1 + self.reg * W1
        grads["b1"] = db1
        grads["W2"] = dW2 + self.reg * W2
        grads["b2"] = db2
        return loss, grads


class FullyConnectedNet:
    """A fully connected net with any number of hidden layers; a model, as described at the top.

    Each hidden layer is affine - [normalization] - relu - [dropout], where the parts in brackets are there if
    wanted; after the last one comes an affine layer, whose output are the scores, and the softmax loss. The
    penalty is 0.5 * reg * sum(W * W) for each W; b, gamma and beta have none.

    Attributes:
        params: W1, b1, W2, b2, ... and, where there is a normalization, gamma1, beta1, gamma2, beta2, ... of
            the hidden layers. Others may put arrays of other values and, in the last layer, of another number
            of classes there: `loss` works with what it finds.
    """

    def __init__(
        self,
        hidden_dims: Sequence[int],
        input_dim: int = 3 * 32 * 32,
        num_classes: int = 10,
        dropout_keep_ratio: float = 1,
        normalization: str | None = None,
        reg: float = 0.0,
        weight_scale: float = 1e-2,
        dtype: Any = np.float64,
        seed: int | None = None,
    ) -> None:
        """Make the parameters.

        Each W (inputs, outputs) is normal with mean 0 and standard deviation weight_scale, drawn from
        whatever source you like; b and beta are 0, gamma is 1.

        Args:
            hidden_dims: size of each hidden layer; with an empty list the net is a linear classifier.
            input_dim: number of features D.
            num_classes: C.
            dropout_keep_ratio: the p of dropout; with 1 there is none.
            normalization: None, "batchnorm" or "layernorm".
            reg: strength of the penalty.
            weight_scale: standard deviation of the first weights.
            dtype: of the parameters.
            seed: for dropout, an integer from 0 on or None: with an integer, `loss` drops the same entries in
                every call, so that it is a function of the parameters and its gradient can be measured.
                With None it draws new ones.
        """
        self.num_layers = 1 + len(hidden_dims)
        self.normalization = normalization
        self.reg = reg
        self.dropout_keep_ratio = dropout_keep_ratio
        self.seed = seed
        self.params: Params = {}
        fan_in = input_dim
        layer = 1
        while layer <= self.num_layers:
            if layer == self.num_layers:
                fan_out = num_classes
            else:
                fan_out = hidden_dims[layer - 1]
            W = weight_scale * np.random.randn(fan_in, fan_out)
            self.params["W" + str(layer)] = W.astype(dtype)
            self.params["b" + str(layer)] = np.zeros(fan_out, dtype=dtype)
            if normalization is not None and layer < self.num_layers:
                self.params["gamma" + str(layer)] = np.ones(fan_out, dtype=dtype)
                self.params["beta" + str(layer)] = np.zeros(fan_out, dtype=dtype)
            fan_in = fan_out
            layer = layer + 1
        # what batch normalization remembers; entry 0 is not used, layers count from 1
        self.bn_params = [None] * self.num_layers
        layer = 1
        while layer < self.num_layers:
            self.bn_params[layer] = {"mode": "train"}
            layer = layer + 1

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients.

        With labels the net is in train mode, without in test mode. Batch normalization keeps the running
        statistics of each layer from call to call; a call in test mode leaves them alone. Neither X and y
        nor the parameters change.

        Args:
            X: (N, d_1, ..., d_k) with d_1 * ... * d_k = input_dim; the last axis runs fastest, as in NumPy's
                `reshape`.
            y: labels (N,), or None.

        Returns:
            Without labels the scores (N, C). With labels the loss, penalty included, and a dictionary with
            the gradient of each parameter.
        """
        mode = "test" if y is None else "train"
        L = self.num_layers
        caches = [None] * (L + 1)
        h = np.reshape(X, (len(X), -1))
        layer = 1
        while layer < L:
            h, caches[layer] = self.hidden_forward(h, layer, mode)
            layer = layer + 1
        W, b = self.affine_params(L)
        scores, caches[L] = affine_forward(h, W, b)
        if y is None:
            return scores

        grads = {}
        loss, dh = softmax_loss(scores, y)
        dh, dW, db = affine_backward(dh, caches[L])
        grads["W" + str(L)] = dW
        grads["b" + str(L)] = db
        layer = L - 1
        while layer >= 1:
            dh, some = self.hidden_backward(dh, layer, caches[layer])
            for name in some:
                grads[name] = some[name]
            layer = layer - 1
        # penalty
        sum_sq = 0.0
        layer = 1
        while layer <= L:
            W = self.params["W" + str(layer)]
            sum_sq += np.sum(W * W)
            grads["W" + str(layer)] = grads["W" + str(layer)] + self.reg * W
            layer = layer + 1
        return loss + 0.5 * self.reg * sum_sq, grads

    def affine_params(self, layer: int) -> tuple[Array, Array]:
        """W and b of a layer. This and the next two methods are for your own use: change them as you like."""
        return self.params["W" + str(layer)], self.params["b" + str(layer)]

    def hidden_forward(self, x: Array, layer: int, mode: str) -> tuple[Array, Cache]:
        """One hidden layer, forward."""
        cache = [None, None, None, None]
        W, b = self.affine_params(layer)
        h, cache[0] = affine_forward(x, W, b)
        if self.normalization is not None:
            gamma = self.params["gamma" + str(layer)]
            beta = self.params["beta" + str(layer)]
            if self.normalization == "batchnorm":
                self.bn_params[layer]["mode"] = mode
                h, cache[1] = batchnorm_forward(h, gamma, beta, self.bn_params[layer])
            else:
                h, cache[1] = layernorm_forward(h, gamma, beta, {})
        h, cache[2] = relu_forward(h)
        if self.dropout_keep_ratio != 1:
            drop = {"p": self.dropout_keep_ratio, "mode": mode, "seed": None}
            if self.seed is not None:
                drop["seed"] = self.seed + layer
            h, cache[3] = dropout_forward(h, drop)
        return h, cache

    def hidden_backward(self, dout: Array, layer: int, cache: Cache) -> tuple[Array, Params]:
        """The same layer, backward: the gradient with respect to its input, and those of its parameters."""
        grads = {}
        n = str(layer)
        if cache[3] is not None:
            dout = dropout_backward(dout, cache[3])
        dout = relu_backward(dout, cache[2])
        if self.normalization == "batchnorm":
            dout, grads["gamma" + n], grads["beta" + n] = batchnorm_backward(dout, cache[1])
        elif self.normalization is not None:
            dout, grads["gamma" + n], grads["beta" + n] = layernorm_backward(dout, cache[1])
        dx, grads["W" + n], grads["b" + n] = affine_backward(dout, cache[0])
        return dx, grads


# The solver.


def model_accuracy(model: Model, X: Array, y: Array) -> float:
    """Share of the samples whose highest score, in test mode, is that of the right class; in [0, 1]."""
    scores = model.loss(X)
    N = scores.shape[0]
    hits = 0
    n = 0
    while n < N:
        if np.argmax(scores[n]) == y[n]:
            hits = hits + 1
        n = n + 1
    return hits / N


def descend(model: Model, X: Array, y: Array, learning_rate: float) -> float:
    """One step of gradient descent on all of X: move every parameter against its gradient.

    Returns:
        The loss before the step.
    """
    loss, grads = model.loss(X, y)
    names = list(model.params.keys())
    k = 0
    while k < len(names):
        name = names[k]
        model.params[name] = model.params[name] - learning_rate * grads[name]
        k = k + 1
    return loss


class Solver:
    """Trains a model by an update rule, epoch by epoch, and keeps the best parameters.

    Attributes:
        loss_history: the loss on each step's batch, before that step.
        train_acc_history, val_acc_history: the accuracy on all training and all validation data, in [0, 1],
            after each epoch. (One more entry in front, from the start of the training, as CS231n has it, does
            no harm.)
        best_params: copies of the parameters after the epoch with the highest validation accuracy; of several
            such epochs any.
    """

    def __init__(
        self,
        model: Model,
        data: dict[str, Array],
        update_rule: Callable[..., tuple[Array, Settings]] = sgd,
        optim_config: Settings | None = None,
        lr_decay: float = 1.0,
        num_epochs: int = 10,
        batch_size: int = 100,
        rng: np.random.Generator | None = None,
    ) -> None:
        """Keep everything; `train` does the work.

        Args:
            model: what to train.
            data: X_train (N, ...), y_train (N,), X_val and y_val.
            update_rule: (w, dw, config) -> (next w, config), like those of the topic `optimizers`.
            optim_config: settings of the rule, learning_rate among them; each parameter starts with a copy of
                its own, and what the rule returns is its config for the next step.
            lr_decay: learning rates are multiplied by it after each epoch.
            num_epochs: how many epochs to train. An epoch has as many steps as full batches fit into N, at
                least one.
            batch_size: rows per batch. Where N is smaller, steps take place all the same, on whatever rows of
                X_train you like.
            rng: draws the batches.
        """
        self.model = model
        self.data = data
        self.update_rule = update_rule
        self.optim_config = {"learning_rate": 1e-2} if optim_config is None else optim_config
        self.lr_decay = lr_decay
        self.num_epochs = num_epochs
        self.batch_size = batch_size
        self.rng = np.random.default_rng() if rng is None else rng
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []
        self.best_params: Params = {}

    def train(self) -> None:
        """Train for num_epochs epochs. Afterwards the model has the best parameters, not the last."""
        configs = {}
        for name in self.model.params:
            configs[name] = copy_config(self.optim_config)
        N = len(self.data["X_train"])
        steps = max(N // self.batch_size, 1)
        best_acc = -1.0
        epoch = 1
        while epoch <= self.num_epochs:
            k = 0
            while k < steps:
                self.step(configs)
                k = k + 1
            for name in configs:
                configs[name]["learning_rate"] = configs[name]["learning_rate"] * self.lr_decay
            train_acc = model_accuracy(self.model, self.data["X_train"], self.data["y_train"])
            val_acc = model_accuracy(self.model, self.data["X_val"], self.data["y_val"])
            self.train_acc_history.append(train_acc)
            self.val_acc_history.append(val_acc)
            if val_acc > best_acc:
                best_acc = val_acc
                self.best_params = copy_params(self.model.params)
            epoch = epoch + 1
        for name in self.best_params:
            self.model.params[name] = self.best_params[name].copy()

    def step(self, configs: dict[str, Settings]) -> None:
        """One step on a new batch, with a config for each parameter. (For your own use.)"""
        X = self.data["X_train"]
        y = self.data["y_train"]
        rows = random_rows(len(X), min(self.batch_size, len(X)), self.rng)
        loss, grads = self.model.loss(X[rows], y[rows])
        self.loss_history.append(loss)
        for name in configs:
            w, configs[name] = self.update_rule(self.model.params[name], grads[name], configs[name])
            self.model.params[name] = w


# Checks before and while one trains.


def initial_loss_ok(model: Model, X: Array, y: Array, tolerance: float = 0.1) -> bool:
    """Whether the loss of an untrained model is what it should be: about log(C).

    Args:
        model: with a softmax loss, not trained yet.
        X: some data.
        y: their labels; not all classes need occur.
        tolerance: how far the loss may be from log(C), as a share of log(C).

    Returns:
        True or False; False also for a loss that is not a number.
    """
    loss = model.loss(X, y)[0]
    expected = np.log(model.loss(X).shape[1])
    return bool(abs(loss - expected) <= tolerance * expected)


def overfit_small_data(
    model: Model, X: Array, y: Array, learning_rate: float, num_steps: int
) -> tuple[list[float], float]:
    """Try whether a model can learn a few samples by heart: if it can't, something is broken.

    Take num_steps steps of gradient descent, each on all samples.

    Returns:
        The loss before each step, and the accuracy on these samples after the last.
    """
    losses = np.zeros(num_steps)
    k = 0
    while k < num_steps:
        losses[k] = descend(model, X, y, learning_rate)
        k = k + 1
    return losses.tolist(), model_accuracy(model, X, y)


def diagnose_loss_curve(losses: Sequence[float]) -> str:
    """Say from the losses of a training whether its learning rate was right.

    Batches make a curve ragged. So compare the first loss with means over a tenth of the curve: with n losses
    and t = n // 10, the middle is the mean of the t losses from n // 2 on, the end that of the last t.

        "diverged"   some loss is not finite, or the end is higher than the first loss
        "good"       the end is at most half of the first loss
        "too low"    neither, and the loss still falls: from middle to end by at least half as much as from
                     the first loss to the middle
        "too high"   none of these: it fell quickly and then stayed where it was, high up

    Args:
        losses: at least 20 of them, positive where finite.

    Returns:
        One of the four.
    """
    n = len(losses)
    t = n // 10
    middle = 0.0
    end = 0.0
    k = 0
    while k < n:
        if not np.isfinite(losses[k]):
            return "diverged"
        k = k + 1
    k = 0
    while k < t:
        middle += losses[n // 2 + k] / t
        end += losses[n - t + k] / t
        k = k + 1
    first = losses[0]
    if end > first:
        return "diverged"
    if end <= first / 2:
        return "good"
    if middle - end >= (first - middle) / 2:
        return "too low"
    return "too high"


# Hyperparameters.


def grid_search(score: Callable[[Settings], float], grid: dict[str, Sequence[Any]]) -> tuple[Settings, float]:
    """Try every combination of the values in a grid.

    Args:
        score: takes a dictionary with one value for each name, and returns a number: the higher, the better.
        grid: the values to try, by name.

    Returns:
        The combination with the highest score, and that score. Each combination is tried once.
    """
    # the combinations are numbered 0 .. total-1, the digits of the number say which values
    names = list(grid.keys())
    total = 1
    k = 0
    while k < len(names):
        total = total * len(grid[names[k]])
        k = k + 1
    best = None
    best_score = -np.inf
    number = 0
    while number < total:
        rest = number
        combo = {}
        k = 0
        while k < len(names):
            values = grid[names[k]]
            combo[names[k]] = values[rest % len(values)]
            rest = rest // len(values)
            k = k + 1
        s = score(dict(combo))
        if best is None or s > best_score:
            best = combo
            best_score = s
        number = number + 1
    return best, best_score


def random_search(
    score: Callable[[Settings], float], ranges: Ranges, trials: int, rng: np.random.Generator
) -> tuple[Settings, float]:
    """Try random combinations, each value log-uniform in its range.

    Log-uniform: the logarithm is uniform, so that 1e-4 to 1e-3 is met as often as 1e-3 to 1e-2. Each value of
    each trial is drawn for itself. ("Random Search for Hyper-Parameter Optimization", 2012.)

    Args:
        score: as for `grid_search`.
        ranges: the lowest and the highest value, both above 0, by name.
        trials: how many combinations to try.
        rng: source of the random numbers.

    Returns:
        The combination with the highest score, and that score. Each is tried once.
    """
    best = None
    best_score = -np.inf
    t = 0
    while t < trials:
        combo = {}
        for name in ranges:
            low, high = ranges[name]
            value = float(np.exp(rng.uniform(np.log(low), np.log(high))))
            combo[name] = min(max(value, low), high)
        s = score(dict(combo))
        if best is None or s > best_score:
            best = combo
            best_score = s
        t = t + 1
    return best, best_score


def coarse_to_fine(
    score: Callable[[Settings], float],
    ranges: Ranges,
    trials: int,
    rounds: int,
    rng: np.random.Generator,
    shrink: float = 0.5,
) -> tuple[Settings, float]:
    """Search at random in rounds, each in narrower ranges around the best combination so far.

    The first round draws from `ranges`. In every further round each range has, on the logarithmic scale, its
    middle at the best value found in all rounds before, and shrink times the width of the last round's range.
    So it may reach beyond the first one: the best may lie outside.

    Args:
        score: as for `grid_search`.
        ranges: as for `random_search`. The dictionary stays as it is.
        trials: how many combinations to try in each round.
        rounds: how many rounds.
        rng: source of the random numbers.
        shrink: width of a range beside the one before, below 1.

    Returns:
        The combination with the highest score of all rounds, and that score.
    """
    width = {}
    now = {}
    for name in ranges:
        width[name] = np.log(ranges[name][1]) - np.log(ranges[name][0])
        now[name] = ranges[name]
    best = None
    best_score = -np.inf
    r = 1
    while r <= rounds:
        combo, s = random_search(score, now, trials, rng)
        if best is None or s > best_score:
            best = combo
            best_score = s
        now = {}
        for name in ranges:
            width[name] = width[name] * shrink
            mid = np.log(best[name])
            now[name] = (float(np.exp(mid - width[name] / 2)), float(np.exp(mid + width[name] / 2)))
        r = r + 1
    return best, best_score


def cross_validate(
    score: Callable[[Array, Array, Array, Array], float], X: Array, y: Array, k: int, rng: np.random.Generator
) -> list[float]:
    """k-fold cross-validation: each sample is held out once.

    Shuffle the samples by rng and deal them out to k folds whose sizes differ by 1 at most. Each fold in turn
    is held out, and all other samples are for training.

    Args:
        score: takes (X_train, y_train, X_held_out, y_held_out) and returns a number.
        X: (N, ...).
        y: (N,).
        k: number of folds, at most N.
        rng: source of the random numbers.

    Returns:
        The k scores.
    """
    N = len(X)
    order = rng.permutation(N)
    scores = np.zeros(k)
    fold = 0
    while fold < k:
        lo = fold * N // k
        hi = (fold + 1) * N // k
        held = order[lo:hi]
        rest = np.zeros(N - (hi - lo), dtype=int)
        rest[0:lo] = order[0:lo]
        rest[lo:] = order[hi:]
        scores[fold] = score(X[rest], y[rest], X[held], y[held])
        fold = fold + 1
    return scores.tolist()


# Ensembles for the price of one.


def snapshot_ensemble(
    model: Model,
    X: Array,
    y: Array,
    learning_rate: float,
    cycles: int,
    steps: int,
    batch_size: int,
    rng: np.random.Generator,
) -> list[Params]:
    """Train one model in cycles of a falling learning rate, and keep its parameters at the end of each.

    Step t = 0, 1, ..., steps - 1 of every cycle is a step of gradient descent on a new batch, with the rate

        learning_rate * (1 + cos(pi * t / steps)) / 2

    so that each cycle starts with large steps, which leave the last minimum, and ends in another one. The
    model keeps learning through all cycles. (Huang et al., "Snapshot Ensembles: Train 1, Get M for Free",
    2017.)

    Args:
        model: what to train.
        X: (N, ...).
        y: (N,).
        learning_rate: the highest rate.
        cycles: number of cycles.
        steps: steps in each of them.
        batch_size: rows per batch.
        rng: draws the batches.

    Returns:
        A snapshot for each cycle: copies of all parameters, by name.
    """
    snapshots = []
    c = 0
    while c < cycles:
        t = 0
        while t < steps:
            rate = learning_rate * (1 + np.cos(np.pi * t / steps)) / 2
            rows = random_rows(len(X), batch_size, rng)
            descend(model, X[rows], y[rows], rate)
            t = t + 1
        snapshots.append(copy_params(model.params))
        c = c + 1
    return snapshots


def snapshot_predict(model: Model, snapshots: Sequence[Params], X: Array) -> Array:
    """Classes by the mean of the snapshots' probabilities.

    A snapshot's probabilities are the softmax of the scores that the model has, in test mode, with its
    parameters. Scores may be large.

    Args:
        model: the one that the snapshots were taken of; afterwards it has the parameters it had before.
        snapshots: what `snapshot_ensemble` returned.
        X: (N, ...).

    Returns:
        For each sample the class with the highest mean probability, (N,).
    """
    before = copy_params(model.params)
    M = len(snapshots)
    acc = None
    m = 0
    while m < M:
        for name in snapshots[m]:
            model.params[name] = snapshots[m][name].copy()
        scores = model.loss(X)
        N, C = scores.shape
        e = np.exp(scores - repmat_col(scores.max(1), C))
        prob = e / repmat_col(e.sum(1), C)
        if acc is None:
            acc = np.zeros((N, C))
        acc += prob / M
        m = m + 1
    for name in before:
        model.params[name] = before[name]
    return np.argmax(acc, axis=1)


# Transfer.


def freeze(model: Model, names: Sequence[str]) -> None:
    """Keep some parameters from learning.

    Change the model so that, from now on, model.loss(X, y) returns zeros for the gradients of these
    parameters, whatever their shapes are by then. The loss, the scores and all other gradients stay as they
    are. What is frozen already stays frozen.

    Args:
        model: with `params` and `loss`.
        names: of the parameters.

    Raises:
        KeyError: the model has no parameter of such a name.
    """
    frozen = []
    k = 0
    while k < len(names):
        if names[k] not in model.params:
            raise KeyError(names[k])
        frozen.append(names[k])
        k = k + 1
    old_loss = model.loss

    def loss_with_zeros(X, y=None):
        if y is None:
            return old_loss(X)
        value, grads = old_loss(X, y)
        grads = dict(grads)
        i = 0
        while i < len(frozen):
            grads[frozen[i]] = np.zeros(np.shape(model.params[frozen[i]]))
            i = i + 1
        return value, grads

    model.loss = loss_with_zeros


def replace_head(
    model: Model, num_classes: int, rng: np.random.Generator, weight_scale: float = 1e-2
) -> None:
    """Give a model a new last layer, for other classes.

    The last layer is the one with the highest number. Its W gets as many rows as before and num_classes
    columns, normal with mean 0 and standard deviation weight_scale; its b num_classes zeros. All other
    parameters keep their values.

    Args:
        model: with `params`.
        num_classes: of the new task.
        rng: source of the random numbers.
        weight_scale: standard deviation of the new weights.
    """
    n = str(last_layer(model))
    rows = model.params["W" + n].shape[0]
    model.params["W" + n] = weight_scale * rng.standard_normal((rows, num_classes))
    model.params["b" + n] = np.zeros(num_classes)


def fine_tune(
    model: Model,
    X: Array,
    y: Array,
    num_classes: int,
    retrain: int,
    learning_rate: float,
    num_steps: int,
    batch_size: int,
    rng: np.random.Generator,
) -> list[float]:
    """Take a trained model to a new task: new head, the first layers frozen, the last ones trained.

    Replace the head (with the default weight_scale), freeze all parameters of all layers but the last
    `retrain` ones, then take num_steps steps of gradient descent, each on a new batch.

    Args:
        model: trained on the old task.
        X: data of the new task, (N, ...).
        y: their labels in [0, num_classes).
        num_classes: of the new task.
        retrain: number of layers to train, counted from the end: 1 for the new head alone.
        learning_rate: step size.
        num_steps: number of steps.
        batch_size: rows per batch, at most N.
        rng: source of the random numbers.

    Returns:
        The loss on each step's batch, before that step.
    """
    replace_head(model, num_classes, rng)
    L = last_layer(model)
    cold = []
    for name in model.params:
        if layer_number(name) <= L - retrain:
            cold.append(name)
    freeze(model, cold)
    losses = np.zeros(num_steps)
    k = 0
    while k < num_steps:
        rows = random_rows(len(X), batch_size, rng)
        losses[k] = descend(model, X[rows], y[rows], learning_rate)
        k = k + 1
    return losses.tolist()


def what_to_retrain(data: str, similarity: str) -> str:
    """What to retrain of a net that somebody trained on a large set of data, in each of four cases.

    Think: early layers hold what all images have in common, edges and strokes; late ones what is special to
    the old task. And the more parameters learn, the more data they need.

    Args:
        data: how much data the new task has, "little" or "much".
        similarity: to the old data, "similar" or "different".

    Returns:
        "head": a new last layer, everything else frozen;
        "last layers": a few layers at the end;
        "most layers": a large part of the net, or all of it;
        "head on earlier layers": cut the net off early, and train a classifier on what comes out there.
        Each is the answer to one case.
    """
    table = ["head", "head on earlier layers", "last layers", "most layers"]
    index = 0
    if data == "much":
        index = index + 2
    if similarity == "different":
        index = index + 1
    return table[index]
