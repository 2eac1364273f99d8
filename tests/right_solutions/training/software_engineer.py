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

import copy
import enum
import logging
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
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


logger = logging.getLogger(__name__)


def as_float(a: Array) -> Array:
    return np.asarray(a, dtype=np.float64)


@dataclass(frozen=True)
class FeatureScale:
    """What the training data say about each feature; fitted once, applied to any data."""

    mean: Array
    std: Array

    @classmethod
    def fit(cls, train: Array) -> "FeatureScale":
        train = as_float(train)
        mean = train.mean(axis=0)
        mean = mean + (train - mean).mean(axis=0)
        std = np.sqrt(np.mean((train - mean) ** 2, axis=0))
        constant = (train == train[:1]).all(axis=0) | (std == 0)
        return cls(np.where(constant, train[0], mean), np.where(constant, 1.0, std))

    def center(self, data: Array) -> Array:
        return as_float(data) - self.mean

    def standardize(self, data: Array) -> Array:
        return self.center(data) / self.std


@dataclass(frozen=True)
class PrincipalAxes:
    """Mean, axes (as rows) and variances along them, the largest first; all D axes, also those without variance."""

    mean: Array
    axes: Array
    variances: Array

    @classmethod
    def fit(cls, X: Array) -> "PrincipalAxes":
        scale = FeatureScale.fit(X)
        centered = scale.center(X)
        n, d = centered.shape
        _, singular, axes = np.linalg.svd(centered, full_matrices=n < d)
        variances = np.zeros(d)
        variances[: len(singular)] = singular**2 / n
        return cls(scale.mean, axes, variances)

    def project(self, data: Array) -> Array:
        return (as_float(data) - self.mean) @ self.axes.T


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
    scale = FeatureScale.fit(train)
    return tuple(scale.center(data) for data in (train, *others))


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
    scale = FeatureScale.fit(train)
    return tuple(scale.standardize(data) for data in (train, *others))


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
    n, d = X.shape
    if not 0 <= k <= min(n - 1, d):
        raise ValueError(f"k must be at most {min(n - 1, d)}, not {k}")
    principal = PrincipalAxes.fit(X)
    return principal.mean, principal.axes[:k]


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
    principal = PrincipalAxes.fit(train)
    roots = np.sqrt(principal.variances + eps)
    return tuple(principal.project(data) / roots for data in (train, *others))


# The layers that your nets are made of. You have them from the earlier topics: take yours, with their
# conventions. (A forward leaves its arguments alone, but for the running statistics in bn_param.)


class Mode(enum.Enum):
    TRAIN = "train"
    TEST = "test"


@dataclass(frozen=True)
class AffineCache:
    shape: tuple[int, ...]
    rows: Array
    w: Array


@dataclass(frozen=True)
class NormCache:
    hat: Array
    root: Array
    gamma: Array
    axis: int

    def back(self, dout: Array) -> tuple[Array, Array, Array]:
        average = partial(np.mean, axis=self.axis, keepdims=True)
        dhat = dout * self.gamma
        dx = (dhat - average(dhat) - self.hat * average(dhat * self.hat)) / self.root
        return dx, np.sum(dout * self.hat, axis=0), dout.sum(axis=0)


def two_pass_moments(x: Array, axis: int) -> tuple[Array, Array]:
    """Mean and biased variance along an axis, which is kept as an axis of 1."""
    average = partial(np.mean, axis=axis, keepdims=True)
    mean = average(x)
    mean = mean + average(x - mean)
    return mean, average((x - mean) ** 2)


def normalize(
    x: Array, mean: Array, var: Array, gamma: Array, beta: Array, axis: int, eps: float
) -> tuple[Array, NormCache]:
    root = np.sqrt(var + eps)
    hat = (x - mean) / root
    return gamma * hat + beta, NormCache(hat, root, np.array(gamma), axis)


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: x (N, ...), w (D, M), b (M,) -> out (N, M) and a cache."""
    rows = x.reshape(len(x), -1)
    return rows @ w + b, AffineCache(x.shape, rows, w)


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `activations`: the gradients dx (N, ...), dw (D, M), db (M,)."""
    return (dout @ cache.w.T).reshape(cache.shape), cache.rows.T @ dout, dout.sum(axis=0)


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: out of x's shape, and a cache."""
    return np.maximum(x, 0), x > 0


def relu_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `activations`: dx."""
    return np.where(cache, dout, 0.0)


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased (divided by N), and eps is added to it before the root. bn_param holds the mode,
    "train" or "test". Mode "train" also stores running_mean and running_var there, which are zeros where
    missing: of the old value the share `momentum` is kept, the rest comes from the batch. Mode "test" uses
    them and leaves them alone. The net needs no other eps and momentum than 1e-5 and 0.9.
    """
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    stats = {key: bn_param.get(key, np.zeros(x.shape[1])) for key in ("running_mean", "running_var")}
    if Mode(bn_param["mode"]) is Mode.TEST:
        return normalize(x, stats["running_mean"], stats["running_var"], gamma, beta, 0, eps)
    mean, var = two_pass_moments(x, axis=0)
    for key, new in zip(stats, (mean, var), strict=True):
        bn_param[key] = momentum * stats[key] + (1 - momentum) * new[0]
    return normalize(x, mean, var, gamma, beta, 0, eps)


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`, for caches of mode "train": dx (N, D), dgamma (D,), dbeta (D,)."""
    return cache.back(dout)


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`, with eps 1e-5: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased, and eps stands within the root. There is no mode: training and test are the same.
    """
    mean, var = two_pass_moments(x, axis=1)
    return normalize(x, mean, var, gamma, beta, 1, ln_param.get("eps", 1e-5))


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`: dx (N, D), dgamma (D,), dbeta (D,)."""
    return cache.back(dout)


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `dropout`: out of x's shape, and a cache.

    dropout_param holds p, the probability of KEEPING an entry, the mode, "train" or "test", and maybe a seed,
    an integer from 0 on or None: with an integer every call drops the same entries, and without one it draws
    from whatever source you like. Dropout is inverted: on average an output is as large in mode "train" as in
    mode "test", where nothing is dropped.
    """
    p = float(dropout_param["p"])
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    factors: float | Array = 1.0
    if Mode(dropout_param["mode"]) is Mode.TRAIN:
        rng = np.random.default_rng(dropout_param.get("seed"))
        factors = (rng.random(np.shape(x)) < p) / p
    return x * factors, factors


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `dropout`: dx."""
    return dout * cache


def log_softmax(scores: Array) -> Array:
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """As in the topic `losses`: scores (N, C) and labels -> the mean cross-entropy, and dx (N, C)."""
    rows = np.arange(len(x))
    log_p = log_softmax(as_float(x))
    dx = np.exp(log_p)
    dx[rows, y] -= 1.0
    return -float(log_p[rows, y].mean()), dx / len(x)


# The nets.


def weight_names(params: Params) -> list[str]:
    return [name for name in params if name.startswith("W")]


def add_penalty(params: Params, reg: float, data_loss: float, grads: Params) -> tuple[float, Params]:
    """Loss and gradients with 0.5 * reg * sum(W * W) for each W."""
    names = weight_names(params)
    penalty = 0.5 * reg * math.fsum(float(np.sum(params[name] ** 2)) for name in names)
    penalized = {name: grads[name] + reg * params[name] if name in names else grads[name] for name in grads}
    return data_loss + penalty, penalized


def first_affine(layer: int, rows: int, cols: int, scale: float, rng: np.random.Generator) -> Params:
    return {f"W{layer}": scale * rng.standard_normal((rows, cols)), f"b{layer}": np.zeros(cols)}


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
        rng = np.random.default_rng()
        self.params.update(first_affine(1, input_dim, hidden_dim, weight_scale, rng))
        self.params.update(first_affine(2, hidden_dim, num_classes, weight_scale, rng))

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
        hidden, first = affine_forward(X, p["W1"], p["b1"])
        active, gate = relu_forward(hidden)
        scores, second = affine_forward(active, p["W2"], p["b2"])
        if y is None:
            return scores
        data_loss, dscores = softmax_loss(scores, y)
        dactive, dW2, db2 = affine_backward(dscores, second)
        _, dW1, db1 = affine_backward(relu_backward(dactive, gate), first)
        return add_penalty(p, self.reg, data_loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2})


class Normalization(enum.Enum):
    NONE = None
    BATCH = "batchnorm"
    LAYER = "layernorm"


@dataclass
class HiddenCache:
    """The caches of the parts of one hidden layer; None where there is no such part."""

    affine: Cache
    norm: Cache = None
    relu: Cache = None
    dropout: Cache = None


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
        self.kind = Normalization(normalization)
        if not 0 < dropout_keep_ratio <= 1:
            raise ValueError(f"dropout_keep_ratio must be in (0, 1], not {dropout_keep_ratio}")
        rng = np.random.default_rng()
        sizes = [input_dim, *hidden_dims, num_classes]
        for layer, (rows, cols) in enumerate(zip(sizes, sizes[1:]), start=1):
            self.params.update(first_affine(layer, rows, cols, weight_scale, rng))
        if self.kind is not Normalization.NONE:
            for layer, units in enumerate(hidden_dims, start=1):
                self.params.update({f"gamma{layer}": np.ones(units), f"beta{layer}": np.zeros(units)})
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}
        self.norm_params: dict[int, Settings] = {layer: {} for layer in range(1, self.num_layers)}

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
        x, caches = X, []
        for layer in range(1, self.num_layers):
            x, cache = self.hidden_forward(x, layer, mode)
            caches.append((layer, cache))
        scores, last = affine_forward(x, *self.affine_params(self.num_layers))
        if y is None:
            return scores
        data_loss, dscores = softmax_loss(scores, y)
        dx, dW, db = affine_backward(dscores, last)
        grads: Params = {f"W{self.num_layers}": dW, f"b{self.num_layers}": db}
        for layer, cache in reversed(caches):
            dx, layer_grads = self.hidden_backward(dx, layer, cache)
            grads.update(layer_grads)
        return add_penalty(self.params, self.reg, data_loss, grads)

    def affine_params(self, layer: int) -> tuple[Array, Array]:
        """W and b of a layer. This and the next two methods are for your own use: change them as you like."""
        return self.params[f"W{layer}"], self.params[f"b{layer}"]

    def hidden_forward(self, x: Array, layer: int, mode: str) -> tuple[Array, Cache]:
        """One hidden layer, forward."""
        x, affine = affine_forward(x, *self.affine_params(layer))
        cache = HiddenCache(affine)
        if self.kind is not Normalization.NONE:
            forward = batchnorm_forward if self.kind is Normalization.BATCH else layernorm_forward
            settings = self.norm_params[layer]
            settings["mode"] = mode
            x, cache.norm = forward(x, self.params[f"gamma{layer}"], self.params[f"beta{layer}"], settings)
        x, cache.relu = relu_forward(x)
        if self.dropout_keep_ratio < 1:
            # Layers of one size shall not drop the same units, so each has a seed of its own.
            seed = None if self.seed is None else int(self.seed) * self.num_layers + layer
            x, cache.dropout = dropout_forward(x, {"p": self.dropout_keep_ratio, "mode": mode, "seed": seed})
        return x, cache

    def hidden_backward(self, dout: Array, layer: int, cache: Cache) -> tuple[Array, Params]:
        """The same layer, backward: the gradient with respect to its input, and those of its parameters."""
        grads: Params = {}
        if cache.dropout is not None:
            dout = dropout_backward(dout, cache.dropout)
        dout = relu_backward(dout, cache.relu)
        if cache.norm is not None:
            backward = batchnorm_backward if self.kind is Normalization.BATCH else layernorm_backward
            dout, grads[f"gamma{layer}"], grads[f"beta{layer}"] = backward(dout, cache.norm)
        dx, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(dout, cache.affine)
        return dx, grads


# The solver.


def copy_params(params: Params) -> Params:
    return {name: np.array(value) for name, value in params.items()}


def draw_batch(X: Array, y: Array, batch_size: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """batch_size rows with their labels; some of them twice only where there are not enough."""
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    rows = rng.choice(len(X), size=batch_size, replace=batch_size > len(X))
    return X[rows], y[rows]


def model_accuracy(model: Model, X: Array, y: Array) -> float:
    """Share of the samples whose highest score, in test mode, is that of the right class; in [0, 1]."""
    hits = np.argmax(model.loss(X), axis=1) == np.asarray(y)
    return np.count_nonzero(hits) / len(hits)


def descend(model: Model, X: Array, y: Array, learning_rate: float) -> float:
    """One step of gradient descent on all of X: move every parameter against its gradient.

    Returns:
        The loss before the step.
    """
    loss, grads = model.loss(X, y)
    for name, value in list(model.params.items()):
        model.params[name] = value - float(learning_rate) * grads[name]
    return float(loss)


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
        configs = {name: copy.deepcopy(self.optim_config) for name in self.model.params}
        num_train = len(self.data["X_train"])
        steps_per_epoch = max(1, num_train // self.batch_size)
        best = -math.inf
        for epoch in range(self.num_epochs):
            for _ in range(steps_per_epoch):
                self.step(configs)
            for config in configs.values():
                config["learning_rate"] *= self.lr_decay
            accuracies = {
                part: model_accuracy(self.model, self.data[f"X_{part}"], self.data[f"y_{part}"])
                for part in ("train", "val")
            }
            self.train_acc_history.append(accuracies["train"])
            self.val_acc_history.append(accuracies["val"])
            logger.info("epoch %d: %s", epoch + 1, accuracies)
            if accuracies["val"] > best:
                best = accuracies["val"]
                self.best_params = copy_params(self.model.params)
        self.model.params.update(copy_params(self.best_params))

    def step(self, configs: dict[str, Settings]) -> None:
        """One step on a new batch, with a config for each parameter. (For your own use.)"""
        X, y = draw_batch(self.data["X_train"], self.data["y_train"], self.batch_size, self.rng)
        loss, grads = self.model.loss(X, y)
        self.loss_history.append(float(loss))
        for name, config in configs.items():
            value, configs[name] = self.update_rule(self.model.params[name], grads[name], config)
            self.model.params[name] = value


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
    expected = math.log(np.shape(model.loss(X))[1])
    loss = float(model.loss(X, y)[0])
    return math.isclose(loss, expected, rel_tol=0.0, abs_tol=tolerance * expected)


def overfit_small_data(
    model: Model, X: Array, y: Array, learning_rate: float, num_steps: int
) -> tuple[list[float], float]:
    """Try whether a model can learn a few samples by heart: if it can't, something is broken.

    Take num_steps steps of gradient descent, each on all samples.

    Returns:
        The loss before each step, and the accuracy on these samples after the last.
    """
    losses = [descend(model, X, y, learning_rate) for _ in range(num_steps)]
    return losses, model_accuracy(model, X, y)


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


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
    values = [float(loss) for loss in losses]
    if len(values) < 20:
        raise ValueError(f"at least 20 losses are needed, not {len(values)}")
    if not all(map(math.isfinite, values)):
        return "diverged"
    tenth, half = len(values) // 10, len(values) // 2
    first, middle, end = values[0], mean(values[half : half + tenth]), mean(values[-tenth:])
    if end > first:
        return "diverged"
    if end <= first / 2:
        return "good"
    return "too low" if middle - end >= (first - middle) / 2 else "too high"


# Hyperparameters.


@dataclass
class Leaderboard:
    """Scores combinations and remembers the best; one without a score (nan) counts as the worst."""

    score: Callable[[Settings], float]
    entries: list[tuple[Settings, float]] = field(default_factory=list)

    def attempt(self, settings: Settings) -> None:
        value = self.score(dict(settings))
        logger.debug("%s scores %s", settings, value)
        self.entries.append((settings, value))

    def best(self) -> tuple[Settings, float]:
        if not self.entries:
            raise ValueError("no combination was tried")
        return max(self.entries, key=lambda entry: -math.inf if math.isnan(entry[1]) else entry[1])


@dataclass(frozen=True)
class LogRange:
    """A range on the logarithmic scale."""

    middle: float
    width: float
    low: float = 0.0
    high: float = math.inf

    @classmethod
    def between(cls, low: float, high: float) -> "LogRange":
        if not 0 < low <= high:
            raise ValueError(f"({low}, {high}) is not a range of positive numbers")
        return cls((math.log(low) + math.log(high)) / 2, math.log(high) - math.log(low), low, high)

    def draw(self, rng: np.random.Generator) -> float:
        value = math.exp(self.middle + self.width * (rng.random() - 0.5))
        return min(max(value, self.low), self.high)

    def around(self, value: float, shrink: float) -> "LogRange":
        return LogRange(math.log(value), shrink * self.width)


LogRanges = dict[str, LogRange]


def log_ranges(ranges: Ranges) -> LogRanges:
    return {name: LogRange.between(*map(float, pair)) for name, pair in ranges.items()}


def try_at_random(board: Leaderboard, logs: LogRanges, trials: int, rng: np.random.Generator) -> None:
    for _ in range(trials):
        board.attempt({name: log_range.draw(rng) for name, log_range in logs.items()})


def grid_search(score: Callable[[Settings], float], grid: dict[str, Sequence[Any]]) -> tuple[Settings, float]:
    """Try every combination of the values in a grid.

    Args:
        score: takes a dictionary with one value for each name, and returns a number: the higher, the better.
        grid: the values to try, by name.

    Returns:
        The combination with the highest score, and that score. Each combination is tried once.
    """
    board = Leaderboard(score)
    for values in product(*grid.values()):
        board.attempt(dict(zip(grid, values, strict=True)))
    return board.best()


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
    board = Leaderboard(score)
    try_at_random(board, log_ranges(ranges), trials, rng)
    return board.best()


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
    board, logs = Leaderboard(score), log_ranges(ranges)
    for number in range(rounds):
        if number > 0:
            best, _ = board.best()
            logs = {name: log_range.around(best[name], shrink) for name, log_range in logs.items()}
        try_at_random(board, logs, trials, rng)
    return board.best()


def folds(count: int, k: int, rng: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """For each fold the rows to train on, and those that are held out."""
    order = rng.permutation(count)
    for fold in range(k):
        held_out = np.arange(count) % k == fold
        yield order[~held_out], order[held_out]


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
    if not 1 <= k <= len(X):
        raise ValueError(f"{len(X)} samples can't be dealt out to {k} folds")
    return [
        float(score(X[rest], y[rest], X[held_out], y[held_out])) for rest, held_out in folds(len(X), k, rng)
    ]


# Ensembles for the price of one.


def cosine_rates(highest: float, steps: int) -> list[float]:
    return [highest * (1.0 + math.cos(math.pi * t / steps)) / 2.0 for t in range(steps)]


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
    snapshots: list[Params] = []
    for cycle in range(cycles):
        for rate in cosine_rates(learning_rate, steps):
            loss = descend(model, *draw_batch(X, y, batch_size, rng), rate)
            logger.debug("cycle %d, rate %g: loss %g", cycle, rate, loss)
        snapshots.append(copy_params(model.params))
    return snapshots


class Borrowed:
    """Lends a model other parameters for the time of a `with`."""

    def __init__(self, model: Model, params: Params) -> None:
        self.model = model
        self.params = params

    def __enter__(self) -> Model:
        self.own = dict(self.model.params)
        self.model.params.update(copy_params(self.params))
        return self.model

    def __exit__(self, *_: Any) -> None:
        self.model.params.clear()
        self.model.params.update(self.own)


def probabilities_with(model: Model, params: Params, X: Array) -> Array:
    with Borrowed(model, params) as lent:
        return np.exp(log_softmax(as_float(lent.loss(X))))


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
    if not snapshots:
        raise ValueError("there are no snapshots")
    total = sum(probabilities_with(model, snapshot, X) for snapshot in snapshots)
    return np.argmax(total, axis=1)


# Transfer.


class FrozenLoss:
    """A model's loss, with zeros in place of some of its gradients."""

    def __init__(self, loss: Callable[..., Any], names: Iterable[str]) -> None:
        self.inner = loss
        self.names = frozenset(names)

    def __call__(self, X: Array, y: Array | None = None) -> Any:
        if y is None:
            return self.inner(X)
        loss, grads = self.inner(X, y)
        return loss, {name: np.zeros_like(g) if name in self.names else g for name, g in grads.items()}


def layer_names(params: Params) -> dict[int, list[str]]:
    """The names of each layer's parameters, by its number, from the first layer to the last."""
    layers: dict[int, list[str]] = {}
    for name in sorted(params, key=layer_number):
        layers.setdefault(layer_number(name), []).append(name)
    return layers


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
    unknown = [name for name in names if name not in model.params]
    if unknown:
        raise KeyError(f"the model has no parameters {unknown}")
    model.loss = FrozenLoss(model.loss, names)


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
    head = max(map(layer_number, model.params))
    old_w, old_b = model.params[f"W{head}"], model.params[f"b{head}"]
    new_w = weight_scale * rng.standard_normal((len(old_w), num_classes))
    model.params[f"W{head}"] = new_w.astype(old_w.dtype)
    model.params[f"b{head}"] = np.zeros(num_classes, dtype=old_b.dtype)


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
    layers = layer_names(model.params)
    first_trained = max(0, len(layers) - retrain)
    freeze(model, [name for names in list(layers.values())[:first_trained] for name in names])
    return [descend(model, *draw_batch(X, y, batch_size, rng), learning_rate) for _ in range(num_steps)]


class Amount(enum.Enum):
    LITTLE = "little"
    MUCH = "much"


class Similarity(enum.Enum):
    SIMILAR = "similar"
    DIFFERENT = "different"


ADVICE = {
    (Amount.LITTLE, Similarity.SIMILAR): "head",
    (Amount.MUCH, Similarity.SIMILAR): "last layers",
    (Amount.MUCH, Similarity.DIFFERENT): "most layers",
    (Amount.LITTLE, Similarity.DIFFERENT): "head on earlier layers",
}


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
    return ADVICE[Amount(data), Similarity(similarity)]
