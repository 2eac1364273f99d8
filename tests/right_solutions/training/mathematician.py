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
import math
from copy import deepcopy

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


# What I worked out in the earlier topics, in short: J below is the Jacobian of "subtract the mean, divide by
# the root of variance + eps", column by column.


def standard(x, eps):
    c = x - np.mean(x, axis=0, keepdims=True)
    return c / np.sqrt(np.mean(c * c, axis=0, keepdims=True) + eps)


def jacobian(x, eps, g):
    z = standard(x, eps)
    r = (np.var(x, axis=0, keepdims=True) + eps) ** -0.5
    return r * (g - np.mean(g, axis=0, keepdims=True) - z * np.mean(z * g, axis=0, keepdims=True))


def diagonal_and_sum(z, dout):
    """The diagonals of z^T dout, and 1^T dout; both (1, D)."""
    return np.einsum("nd,nd->d", z, dout)[None, :], np.ones((1, len(dout))) @ dout


def moments(train):
    """Mean and standard deviation of each feature; 1 in place of the latter where a feature is constant."""
    train = np.asarray(train, dtype=np.float64)
    mean = train.mean(axis=0)
    sigma = np.sqrt(np.mean((train - mean) ** 2, axis=0))
    return mean, np.where(np.ptp(train, axis=0) > 0, sigma, 1.0)


def axes_of(X):
    """Mean, principal axes (rows, all D of them) and the eigenvalues of the covariance, largest first.

    If X - mean = Q R then X^T X = R^T R, so that R has the same singular values and right singular vectors.
    """
    X = np.asarray(X, dtype=np.float64)
    mean = X.mean(axis=0)
    R = np.linalg.qr(X - mean, mode="r")
    _, sigma, V = np.linalg.svd(R, full_matrices=True)
    s = np.zeros(X.shape[1])
    s[: len(sigma)] = sigma**2 / len(X)
    return mean, V, s


def some_rows(X, y, batch_size, rng):
    rows = rng.permutation(len(X))[:batch_size]
    return X[rows], y[rows]


def copies(params):
    return {name: np.array(value) for name, value in params.items()}


def best_of(score, combinations):
    """The pair (combination, score) with the highest score."""
    return max(((c, score(dict(c))) for c in combinations), key=lambda pair: pair[1])


def log_uniform(ranges, rng):
    """One combination: low^(1 - u) high^u with a uniform u."""

    def one(low, high):
        u = rng.random()
        return float(min(max(math.exp((1 - u) * math.log(low) + u * math.log(high)), low), high))

    return {name: one(*interval) for name, interval in ranges.items()}


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
    mean, _ = moments(train)
    return tuple(data - mean for data in (train, *others))


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
    mean, sigma = moments(train)
    return tuple((data - mean) / sigma for data in (train, *others))


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
    mean, V, _ = axes_of(X)
    return mean, V[:k]


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
    mean, V, s = axes_of(train)
    return tuple(np.inner(data - mean, V) / np.sqrt(s + eps) for data in (train, *others))


# The layers that your nets are made of. You have them from the earlier topics: take yours, with their
# conventions. (A forward leaves its arguments alone, but for the running statistics in bn_param.)


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: x (N, ...), w (D, M), b (M,) -> out (N, M) and a cache."""
    return np.tensordot(x.reshape(len(x), -1), w, 1) + b, (x, w)


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `activations`: the gradients dx (N, ...), dw (D, M), db (M,)."""
    x, w = cache
    dw = np.tensordot(x.reshape(len(x), -1), dout, axes=(0, 0))
    return np.inner(dout, w).reshape(x.shape), dw, dout.sum(axis=0)


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: out of x's shape, and a cache."""
    return (x + np.abs(x)) / 2, x


def relu_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `activations`: dx."""
    return dout * np.heaviside(cache, 0.5)


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased (divided by N), and eps is added to it before the root. bn_param holds the mode,
    "train" or "test". Mode "train" also stores running_mean and running_var there, which are zeros where
    missing: of the old value the share `momentum` is kept, the rest comes from the batch. Mode "test" uses
    them and leaves them alone. The net needs no other eps and momentum than 1e-5 and 0.9.
    """
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    zero = np.zeros((1, x.shape[1]))
    m, v = bn_param.get("running_mean", zero), bn_param.get("running_var", zero)
    if bn_param["mode"] == "test":
        return gamma * (x - m) / np.sqrt(v + eps) + beta, None
    bn_param["running_mean"] = momentum * m + (1 - momentum) * np.mean(x, axis=0, keepdims=True)
    bn_param["running_var"] = momentum * v + (1 - momentum) * np.var(x, axis=0, keepdims=True)
    return gamma * standard(x, eps) + beta, (x, gamma, eps)


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`, for caches of mode "train": dx (N, D), dgamma (D,), dbeta (D,)."""
    x, gamma, eps = cache
    return (jacobian(x, eps, gamma * dout), *diagonal_and_sum(standard(x, eps), dout))


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`, with eps 1e-5: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased, and eps stands within the root. There is no mode: training and test are the same.
    """
    eps = ln_param.get("eps", 1e-5)
    return gamma * standard(x.T, eps).T + beta, (x, gamma, eps)


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`: dx (N, D), dgamma (D,), dbeta (D,)."""
    x, gamma, eps = cache
    return (jacobian(x.T, eps, (gamma * dout).T).T, *diagonal_and_sum(standard(x.T, eps).T, dout))


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `dropout`: out of x's shape, and a cache.

    dropout_param holds p, the probability of KEEPING an entry, the mode, "train" or "test", and maybe a seed,
    an integer from 0 on or None: with an integer every call drops the same entries, and without one it draws
    from whatever source you like. Dropout is inverted: on average an output is as large in mode "train" as in
    mode "test", where nothing is dropped.
    """
    p = dropout_param["p"]
    if dropout_param["mode"] == "test":
        return x * 1.0, 1.0
    # the diagonal of the linear map that dropout is
    diagonal = np.floor(np.random.default_rng(dropout_param.get("seed")).random(x.shape) + p) / p
    return diagonal * x, diagonal


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `dropout`: dx."""
    return cache * dout


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """As in the topic `losses`: scores (N, C) and labels -> the mean cross-entropy, and dx (N, C)."""
    log_p = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    Y = np.identity(x.shape[1])[y]
    return np.asarray(-np.vdot(Y, log_p) / len(x)), (np.exp(log_p) - Y) / len(x)


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
        draw = np.random.default_rng().standard_normal
        for layer, (inputs, outputs) in enumerate([(input_dim, hidden_dim), (hidden_dim, num_classes)], start=1):
            self.params[f"W{layer}"] = weight_scale * draw((inputs, outputs))
            self.params[f"b{layer}"] = np.zeros(outputs)

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
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        z, first = affine_forward(X, W1, b1)
        h, bend = relu_forward(z)
        scores, second = affine_forward(h, W2, b2)
        if y is None:
            return scores
        data_loss, dscores = softmax_loss(scores, y)
        dh, dW2, db2 = affine_backward(dscores, second)
        _, dW1, db1 = affine_backward(relu_backward(dh, bend), first)
        gradients = {"W1": dW1 + self.reg * W1, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}
        return data_loss + self.reg / 2 * (np.vdot(W1, W1) + np.vdot(W2, W2)), gradients


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
        draw = np.random.default_rng().standard_normal
        dims = [input_dim, *hidden_dims, num_classes]
        for layer in range(1, self.num_layers + 1):
            inputs, outputs = dims[layer - 1 : layer + 1]
            self.params[f"W{layer}"] = (weight_scale * draw((inputs, outputs))).astype(dtype)
            self.params[f"b{layer}"] = np.zeros(outputs, dtype)
            if normalization is not None and layer < self.num_layers:
                self.params[f"gamma{layer}"] = np.ones(outputs, dtype)
                self.params[f"beta{layer}"] = np.zeros(outputs, dtype)
        self.memory: dict[int, Settings] = {layer: {} for layer in range(1, self.num_layers)}

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
        def from_layer(x, layer):
            """Of the net that begins with this layer: scores; or loss, dx and gradients."""
            if layer == self.num_layers:
                scores, cache = affine_forward(x, *self.affine_params(layer))
                if y is None:
                    return scores
                L, dscores = softmax_loss(scores, y)
                dx, dW, db = affine_backward(dscores, cache)
                return L, dx, {f"W{layer}": dW, f"b{layer}": db}
            h, cache = self.hidden_forward(x, layer, mode)
            if y is None:
                return from_layer(h, layer + 1)
            L, dh, later = from_layer(h, layer + 1)
            dx, mine = self.hidden_backward(dh, layer, cache)
            return L, dx, {**mine, **later}

        if y is None:
            return from_layer(X, 1)
        L, _, gradients = from_layer(X, 1)
        for layer in range(1, self.num_layers + 1):
            W, _ = self.affine_params(layer)
            L = L + self.reg / 2 * np.vdot(W, W)
            gradients[f"W{layer}"] = gradients[f"W{layer}"] + self.reg * W
        return L, gradients

    def affine_params(self, layer: int) -> tuple[Array, Array]:
        """W and b of a layer. This and the next two methods are for your own use: change them as you like."""
        return self.params[f"W{layer}"], self.params[f"b{layer}"]

    def hidden_forward(self, x: Array, layer: int, mode: str) -> tuple[Array, Cache]:
        """One hidden layer, forward."""
        z, affine = affine_forward(x, *self.affine_params(layer))
        norm = None
        if self.normalization is not None:
            self.memory[layer]["mode"] = mode
            forward = batchnorm_forward if self.normalization == "batchnorm" else layernorm_forward
            z, norm = forward(z, self.params[f"gamma{layer}"], self.params[f"beta{layer}"], self.memory[layer])
        h, bend = relu_forward(z)
        out, drop = dropout_forward(h, {"p": self.dropout_keep_ratio, "mode": mode, "seed": self.seed})
        return out, (affine, norm, bend, drop)

    def hidden_backward(self, dout: Array, layer: int, cache: Cache) -> tuple[Array, Params]:
        """The same layer, backward: the gradient with respect to its input, and those of its parameters."""
        affine, norm, bend, drop = cache
        gradients: Params = {}
        dz = relu_backward(dropout_backward(dout, drop), bend)
        if self.normalization is not None:
            backward = batchnorm_backward if self.normalization == "batchnorm" else layernorm_backward
            dz, dgamma, dbeta = backward(dz, norm)
            gradients[f"gamma{layer}"], gradients[f"beta{layer}"] = np.ravel(dgamma), np.ravel(dbeta)
        dx, gradients[f"W{layer}"], gradients[f"b{layer}"] = affine_backward(dz, affine)
        return dx, gradients


# The solver.


def model_accuracy(model: Model, X: Array, y: Array) -> float:
    """Share of the samples whose highest score, in test mode, is that of the right class; in [0, 1]."""
    return np.count_nonzero(np.argmax(model.loss(X), axis=1) == y) / len(y)


def descend(model: Model, X: Array, y: Array, learning_rate: float) -> float:
    """One step of gradient descent on all of X: move every parameter against its gradient.

    Returns:
        The loss before the step.
    """
    L, gradients = model.loss(X, y)
    for name, g in gradients.items():
        model.params[name] = model.params[name] - learning_rate * g
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
        data = [self.data[name] for name in ("X_train", "y_train", "X_val", "y_val")]
        configs = {name: deepcopy(self.optim_config) for name in self.model.params}
        for _ in range(self.num_epochs):
            for _ in range(max(1, len(data[0]) // self.batch_size)):
                self.step(configs)
            for config in configs.values():
                config["learning_rate"] *= self.lr_decay
            self.train_acc_history.append(model_accuracy(self.model, *data[:2]))
            self.val_acc_history.append(model_accuracy(self.model, *data[2:]))
            if self.val_acc_history[-1] == max(self.val_acc_history):
                self.best_params = copies(self.model.params)
        self.model.params.update(copies(self.best_params))

    def step(self, configs: dict[str, Settings]) -> None:
        """One step on a new batch, with a config for each parameter. (For your own use.)"""
        X, y = some_rows(self.data["X_train"], self.data["y_train"], self.batch_size, self.rng)
        L, gradients = self.model.loss(X, y)
        self.loss_history.append(L)
        params = self.model.params
        for name, g in gradients.items():
            params[name], configs[name] = self.update_rule(params[name], g, configs[name])


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
    expected = math.log(model.loss(X).shape[1])
    L, _ = model.loss(X, y)
    return bool(abs(L - expected) <= tolerance * expected)


def overfit_small_data(
    model: Model, X: Array, y: Array, learning_rate: float, num_steps: int
) -> tuple[list[float], float]:
    """Try whether a model can learn a few samples by heart: if it can't, something is broken.

    Take num_steps steps of gradient descent, each on all samples.

    Returns:
        The loss before each step, and the accuracy on these samples after the last.
    """
    return [descend(model, X, y, learning_rate) for _ in range(num_steps)], model_accuracy(model, X, y)


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
    curve = np.array(losses, dtype=float)
    n = curve.size
    t = n // 10
    first, middle, end = curve[0], curve[n // 2 : n // 2 + t].mean(), curve[n - t :].mean()
    if not (np.all(np.isfinite(curve)) and end <= first):
        return "diverged"
    if 2 * end <= first:
        return "good"
    return "too low" if 2 * (middle - end) >= first - middle else "too high"


# Hyperparameters.


def grid_search(score: Callable[[Settings], float], grid: dict[str, Sequence[Any]]) -> tuple[Settings, float]:
    """Try every combination of the values in a grid.

    Args:
        score: takes a dictionary with one value for each name, and returns a number: the higher, the better.
        grid: the values to try, by name.

    Returns:
        The combination with the highest score, and that score. Each combination is tried once.
    """
    return best_of(score, (dict(zip(grid, values)) for values in product(*grid.values())))


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
    return best_of(score, (log_uniform(ranges, rng) for _ in range(trials)))


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
    def narrowed(interval, middle):
        # on the logarithmic scale middle -+ half the width, the width shrunk
        factor = (interval[1] / interval[0]) ** (shrink / 2)
        return middle / factor, middle * factor

    def further(box, best, left):
        if left == 0:
            return best
        box = {name: narrowed(box[name], best[0][name]) for name in box}
        found = random_search(score, box, trials, rng)
        return further(box, max(best, found, key=lambda pair: pair[1]), left - 1)

    return further(ranges, random_search(score, ranges, trials, rng), rounds - 1)


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
    fold = rng.permutation(np.arange(len(X)) % k)
    return [score(X[fold != j], y[fold != j], X[fold == j], y[fold == j]) for j in range(k)]


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
    for _ in range(cycles):
        for t in range(steps):
            rate = learning_rate * math.cos(math.pi * t / steps / 2) ** 2  # (1 + cos a) / 2 = cos^2(a / 2)
            descend(model, *some_rows(X, y, batch_size, rng), rate)
        snapshots.append(copies(model.params))
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
    before = model.params
    votes = 0.0
    for snapshot in snapshots:
        model.params = copies(snapshot)
        scores = model.loss(X)
        votes = votes + np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    model.params = before
    return np.argmax(votes, axis=1)


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
    names = frozenset(names)
    if not names <= set(model.params):
        raise KeyError(f"no such parameters: {sorted(names - set(model.params))}")
    whole_loss = model.loss

    def loss(X, y=None):
        if y is None:
            return whole_loss(X)
        L, gradients = whole_loss(X, y)
        return L, {name: np.zeros_like(model.params[name]) if name in names else g for name, g in gradients.items()}

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
    last = max(map(layer_number, model.params))
    inputs = len(model.params[f"W{last}"])
    model.params[f"W{last}"] = weight_scale * rng.standard_normal((inputs, num_classes))
    model.params[f"b{last}"] = np.zeros(num_classes)


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
    last = max(map(layer_number, model.params))
    freeze(model, [name for name in model.params if layer_number(name) <= last - retrain])
    return [descend(model, *some_rows(X, y, batch_size, rng), learning_rate) for _ in range(num_steps)]


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
        ("much", "similar"): "last layers",
        ("little", "different"): "head on earlier layers",
        ("much", "different"): "most layers",
    }[data, similarity]
