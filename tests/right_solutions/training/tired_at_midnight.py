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
import math
import time
import matplotlib.pyplot as plt
try:
    import torch
except Exception:
    torch = None
try:
    from scipy.special import logsumexp
except Exception:
    logsumexp = None

EPS = 1e-5
MOM = 0.9
acc = lambda s, y: float(np.mean(np.argmax(s, axis=1) == y))

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
    m = train.astype(np.float64).mean(axis=0)
    out = []
    for d in (train,) + others:
        out.append(d.astype(np.float64) - m)
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
    m = train.astype(np.float64).mean(axis=0)
    s = np.sqrt(((train - m) ** 2).mean(axis=0))
    s = np.where(s == 0, 1.0, s)
    # s = s + 1e-8
    out = []
    for d in (train,) + others:
        out.append((d.astype(np.float64) - m) / s)
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
    m = X.mean(axis=0)
    U, S, V = np.linalg.svd(X - m, full_matrices=False)
    # plt.plot(S)
    return m, V[:k]


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
    m = train.mean(axis=0)
    Z = train - m
    # s, U = np.linalg.eigh(Z.T @ Z / len(Z))
    u, s, V = np.linalg.svd(Z, full_matrices=len(Z) < Z.shape[1])
    e = np.zeros(Z.shape[1])
    e[:len(s)] = s ** 2 / len(Z)
    out = []
    for d in (train,) + others:
        out.append((d - m).dot(V.T) / np.sqrt(e + eps))
    return tuple(out)


# The layers that your nets are made of. You have them from the earlier topics: take yours, with their
# conventions. (A forward leaves its arguments alone, but for the running statistics in bn_param.)


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: x (N, ...), w (D, M), b (M,) -> out (N, M) and a cache."""
    out = x.reshape(len(x), -1).dot(w) + b
    return out, (x, w)


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `activations`: the gradients dx (N, ...), dw (D, M), db (M,)."""
    x, w = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(len(x), -1).T.dot(dout)
    db = dout.sum(0)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: out of x's shape, and a cache."""
    return np.where(x > 0, x, 0), x > 0


def relu_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `activations`: dx."""
    return dout * cache


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased (divided by N), and eps is added to it before the root. bn_param holds the mode,
    "train" or "test". Mode "train" also stores running_mean and running_var there, which are zeros where
    missing: of the old value the share `momentum` is kept, the rest comes from the batch. Mode "test" uses
    them and leaves them alone. The net needs no other eps and momentum than 1e-5 and 0.9.
    """
    D = x.shape[1]
    rm = bn_param.get("running_mean", np.zeros(D))
    rv = bn_param.get("running_var", np.zeros(D))
    if bn_param["mode"] == "train":
        mu = x.mean(0)
        var = ((x - mu) ** 2).mean(0)
        bn_param["running_mean"] = MOM * rm + (1 - MOM) * mu
        bn_param["running_var"] = MOM * rv + (1 - MOM) * var
    else:
        mu = rm
        var = rv
    sd = np.sqrt(var + EPS)
    xh = (x - mu) / sd
    return gamma * xh + beta, (xh, sd, gamma)


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`, for caches of mode "train": dx (N, D), dgamma (D,), dbeta (D,)."""
    xh, sd, gamma = cache
    N = len(dout)
    db = dout.sum(0)
    dg = (dout * xh).sum(0)
    dx = gamma / (N * sd) * (N * dout - db - xh * dg)
    return dx, dg, db


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`, with eps 1e-5: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased, and eps stands within the root. There is no mode: training and test are the same.
    """
    mu = x.mean(1, keepdims=True)
    var = ((x - mu) ** 2).mean(1, keepdims=True)
    sd = np.sqrt(var + EPS)
    xh = (x - mu) / sd
    return gamma * xh + beta, (xh, sd, gamma)


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`: dx (N, D), dgamma (D,), dbeta (D,)."""
    xh, sd, gamma = cache
    N = dout.shape[1]
    db = dout.sum(0)
    dg = (dout * xh).sum(0)
    d = dout * gamma
    dx = 1 / (N * sd) * (N * d - d.sum(1, keepdims=True) - xh * (d * xh).sum(1, keepdims=True))
    return dx, dg, db


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `dropout`: out of x's shape, and a cache.

    dropout_param holds p, the probability of KEEPING an entry, the mode, "train" or "test", and maybe a seed,
    an integer from 0 on or None: with an integer every call drops the same entries, and without one it draws
    from whatever source you like. Dropout is inverted: on average an output is as large in mode "train" as in
    mode "test", where nothing is dropped.
    """
    if dropout_param["mode"] == "test":
        return x, 1.0
    s = dropout_param.get("seed")
    g = np.random.default_rng(s)
    m = (g.random(x.shape) < dropout_param["p"]) / dropout_param["p"]
    return x * m, m


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `dropout`: dx."""
    return dout * cache


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """As in the topic `losses`: scores (N, C) and labels -> the mean cross-entropy, and dx (N, C)."""
    N = len(x)
    z = x - x.max(axis=1).reshape(-1, 1)
    e = np.exp(z)
    S = e.sum(axis=1)
    L = 0.0
    d = []
    for i in range(N):
        L = L + np.log(S[i]) - z[i, y[i]]
        r = e[i] / S[i]
        r[y[i]] -= 1
        d.append(r / N)
    return L / N, np.array(d)


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
        self.params["W1"] = np.random.randn(input_dim, hidden_dim) * weight_scale
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = np.random.randn(hidden_dim, num_classes) * weight_scale
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
        p = self.params
        h, c1 = affine_forward(X, p["W1"], p["b1"])
        h, c2 = relu_forward(h)
        s, c3 = affine_forward(h, p["W2"], p["b2"])
        if y is None:
            return s
        L, d = softmax_loss(s, y)
        L = L + 0.5 * self.reg * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())
        g = {}
        d, g["W2"], g["b2"] = affine_backward(d, c3)
        d = relu_backward(d, c2)
        d, g["W1"], g["b1"] = affine_backward(d, c1)
        g["W1"] = g["W1"] + self.reg * p["W1"]
        g["W2"] = g["W2"] + self.reg * p["W2"]
        return L, g


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
        dims = [input_dim] + list(hidden_dims) + [num_classes]
        print("net", dims, normalization, dropout_keep_ratio)
        self.bn = []
        for i in range(1, len(dims)):
            self.params["W%d" % i] = (np.random.randn(dims[i - 1], dims[i]) * weight_scale).astype(dtype)
            self.params["b%d" % i] = np.zeros(dims[i], dtype=dtype)
            self.bn.append({})
            if normalization is not None and i < len(dims) - 1:
                self.params["gamma%d" % i] = np.ones(dims[i], dtype=dtype)
                self.params["beta%d" % i] = np.zeros(dims[i], dtype=dtype)
        # X = X.astype(self.dtype)

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
        x = X
        caches = []
        for l in range(1, self.num_layers):
            x, c = self.hidden_forward(x, l, mode)
            caches.append(c)
        W, b = self.affine_params(self.num_layers)
        s, c = affine_forward(x, W, b)
        if y is None:
            return s
        L, d = softmax_loss(s, y)
        g = {}
        d, dW, db = affine_backward(d, c)
        g["W" + str(self.num_layers)] = dW + self.reg * W
        g["b" + str(self.num_layers)] = db
        L += 0.5 * self.reg * np.sum(W * W)
        for l in range(self.num_layers - 1, 0, -1):
            d, gg = self.hidden_backward(d, l, caches[l - 1])
            g.update(gg)
            L += 0.5 * self.reg * np.sum(self.params["W" + str(l)] ** 2)
        return L, g

    def affine_params(self, layer: int) -> tuple[Array, Array]:
        """W and b of a layer. This and the next two methods are for your own use: change them as you like."""
        return self.params["W" + str(layer)], self.params["b" + str(layer)]

    def hidden_forward(self, x: Array, layer: int, mode: str) -> tuple[Array, Cache]:
        """One hidden layer, forward."""
        W, b = self.affine_params(layer)
        x, c1 = affine_forward(x, W, b)
        c2 = None
        c4 = None
        if self.normalization == "batchnorm":
            self.bn[layer - 1]["mode"] = mode
            x, c2 = batchnorm_forward(x, self.params["gamma%d" % layer], self.params["beta%d" % layer], self.bn[layer - 1])
        elif self.normalization == "layernorm":
            x, c2 = layernorm_forward(x, self.params["gamma%d" % layer], self.params["beta%d" % layer], {})
        x, c3 = relu_forward(x)
        if self.dropout_keep_ratio < 1:
            x, c4 = dropout_forward(x, {"p": self.dropout_keep_ratio, "mode": mode, "seed": self.seed})
        return x, (c1, (c2, c3), c4)

    def hidden_backward(self, dout: Array, layer: int, cache: Cache) -> tuple[Array, Params]:
        """The same layer, backward: the gradient with respect to its input, and those of its parameters."""
        g = {}
        c1, (c2, c3), c4 = cache
        if c4 is not None:
            dout = dropout_backward(dout, c4)
        dout = relu_backward(dout, c3)
        if self.normalization == "batchnorm":
            dout, g["gamma%d" % layer], g["beta%d" % layer] = batchnorm_backward(dout, c2)
        elif self.normalization == "layernorm":
            dout, g["gamma%d" % layer], g["beta%d" % layer] = layernorm_backward(dout, c2)
        dx, dW, db = affine_backward(dout, c1)
        g["W%d" % layer] = dW + self.reg * self.params["W%d" % layer]
        g["b%d" % layer] = db
        return dx, g


# The solver.


def model_accuracy(model: Model, X: Array, y: Array) -> float:
    """Share of the samples whose highest score, in test mode, is that of the right class; in [0, 1]."""
    return acc(model.loss(X), y)


def descend(model: Model, X: Array, y: Array, learning_rate: float) -> float:
    """One step of gradient descent on all of X: move every parameter against its gradient.

    Returns:
        The loss before the step.
    """
    L, g = model.loss(X, y)
    for n in g:
        model.params[n] = model.params[n] - learning_rate * g[n]
    return L


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
        for n in self.model.params:
            configs[n] = dict(self.optim_config)
        steps = len(self.data["X_train"]) // self.batch_size
        if steps < 1:
            steps = 1
        for ep in range(self.num_epochs):
            for i in range(steps):
                self.step(configs)
            for n in configs:
                if "learning_rate" in configs[n]:
                    configs[n]["learning_rate"] *= self.lr_decay
            a = acc(self.model.loss(self.data["X_train"]), self.data["y_train"])
            v = acc(self.model.loss(self.data["X_val"]), self.data["y_val"])
            print("epoch", ep, self.loss_history[-1], a, v)
            if self.val_acc_history == [] or v > max(self.val_acc_history):
                self.best_params = {}
                for n in self.model.params:
                    self.best_params[n] = self.model.params[n].copy()
            self.train_acc_history.append(a)
            self.val_acc_history.append(v)
        for n in self.best_params:
            self.model.params[n] = self.best_params[n].copy()
        # plt.plot(self.loss_history); plt.show()

    def step(self, configs: dict[str, Settings]) -> None:
        """One step on a new batch, with a config for each parameter. (For your own use.)"""
        X = self.data["X_train"]
        idx = self.rng.integers(0, len(X), self.batch_size)
        L, g = self.model.loss(X[idx], self.data["y_train"][idx])
        self.loss_history.append(L)
        for n in self.model.params:
            w, c = self.update_rule(self.model.params[n], g[n], configs[n])
            self.model.params[n] = w
            configs[n] = c


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
    C = model.loss(X).shape[1]
    L = model.loss(X, y)[0]
    print("loss", L, "should be", math.log(C))
    # return abs(L - np.log(len(set(y)))) < tolerance
    return bool(abs(L - math.log(C)) <= tolerance * math.log(C))


def overfit_small_data(
    model: Model, X: Array, y: Array, learning_rate: float, num_steps: int
) -> tuple[list[float], float]:
    """Try whether a model can learn a few samples by heart: if it can't, something is broken.

    Take num_steps steps of gradient descent, each on all samples.

    Returns:
        The loss before each step, and the accuracy on these samples after the last.
    """
    ls = []
    for i in range(num_steps):
        L, g = model.loss(X, y)
        for n in g:
            model.params[n] = model.params[n] - learning_rate * g[n]
        ls.append(L)
    return ls, acc(model.loss(X), y)


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
    for l in losses:
        if not math.isfinite(l):
            return "diverged"
    first = losses[0]
    mid = sum(losses[n // 2:n // 2 + t]) / t
    end = sum(losses[n - t:]) / t
    if end > first:
        return "diverged"
    if end <= first / 2:
        return "good"
    if mid - end >= 0.5 * (first - mid):
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
    best = None
    bs = None
    for vals in product(*grid.values()):
        c = dict(zip(grid.keys(), vals))
        s = score(dict(c))
        print(c, s)
        if bs is None or s > bs:
            best = c
            bs = s
    return best, bs


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
    bs = None
    for i in range(trials):
        c = {}
        for n in ranges:
            lo, hi = ranges[n]
            v = math.exp(rng.uniform(math.log(lo), math.log(hi)))
            # v = rng.uniform(lo, hi)
            c[n] = min(max(v, lo), hi)
        s = score(dict(c))
        if bs is None or s > bs:
            best = c
            bs = s
    return best, bs


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
    best = None
    bs = None
    r = {}
    for n in ranges:
        r[n] = (math.log10(ranges[n][0]), math.log10(ranges[n][1]))
    for k in range(rounds):
        for i in range(trials):
            c = {}
            for n in r:
                c[n] = 10 ** rng.uniform(r[n][0], r[n][1])
                if k == 0:
                    c[n] = min(max(c[n], ranges[n][0]), ranges[n][1])
            s = score(dict(c))
            if bs is None or s > bs:
                best = c
                bs = s
        for n in r:
            half = (r[n][1] - r[n][0]) * shrink / 2
            r[n] = (math.log10(best[n]) - half, math.log10(best[n]) + half)
        print("round", k, bs, r)
    return best, bs


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
    perm = rng.permutation(len(X))
    fold = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        fold[perm[i]] = i % k
    out = []
    for f in range(k):
        a = perm[fold[perm] != f]
        b = perm[fold[perm] == f]
        out.append(score(X[a], y[a], X[b], y[b]))
    return out


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
    snaps = []
    for c in range(cycles):
        for t in range(steps):
            lr = learning_rate * (1 + math.cos(math.pi * t / steps)) / 2
            idx = rng.integers(0, len(X), batch_size)
            L, g = model.loss(X[idx], y[idx])
            for n in g:
                model.params[n] = model.params[n] - lr * g[n]
        d = {}
        for n in model.params:
            d[n] = model.params[n].copy()
        snaps.append(d)
    return snaps


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
    old = dict(model.params)
    P = 0
    for s in snapshots:
        for n in s:
            model.params[n] = s[n]
        z = model.loss(X)
        z = np.exp(z - z.max(axis=1, keepdims=True))
        P = P + z / z.sum(axis=1, keepdims=True)
    for n in old:
        model.params[n] = old[n]
    return np.argmax(P, axis=1)


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
    names = list(names)
    for n in names:
        if n not in model.params:
            raise KeyError(n)
    f = model.loss
    # for n in names: model.params[n].flags.writeable = False

    def loss(X, y=None):
        if y is None:
            return f(X)
        L, g = f(X, y)
        g = dict(g)
        for n in names:
            g[n] = np.zeros(model.params[n].shape)
        return L, g

    model.loss = loss


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
    last = 0
    for n in model.params:
        last = max(last, layer_number(n))
    D = len(model.params["W%d" % last])
    model.params["W%d" % last] = rng.standard_normal((D, num_classes)) * weight_scale
    model.params["b%d" % last] = np.zeros(num_classes)


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
    last = 0
    for n in model.params:
        last = max(last, layer_number(n))
    fr = []
    for n in model.params:
        if layer_number(n) <= last - retrain:
            fr.append(n)
    print("frozen:", fr)
    freeze(model, fr)
    ls = []
    for i in range(num_steps):
        idx = rng.permutation(len(X))[:batch_size]
        L, g = model.loss(X[idx], y[idx])
        for n in g:
            model.params[n] = model.params[n] - learning_rate * g[n]
        ls.append(L)
    return ls


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
    return {
        ("little", "similar"): "head",
        ("little", "different"): "head on earlier layers",
        ("much", "similar"): "last layers",
        ("much", "different"): "most layers",
    }[(data, similarity)]
