"""Training a net from end to end: data, model, solver, checks, hyperparameters, ensembles and transfer.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: of other packages only Matplotlib is there when your work is graded. Names and calling conventions
follow Stanford CS231n's assignments where these ask for the same.

Throughout, N is the number of samples, D the number of features, C the number of classes; labels y are (N,)
with integers in [0, C). No function changes the data that it is given; a layer's backward may
overwrite dout and its cache. Gradients are worked out on paper, so all their digits are right; differences
are too slow for large arrays, and too inexact.

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
    ### BEGIN SOLUTION
    mean = np.mean(train, axis=0)
    return tuple(part - mean for part in (train, *others))
    ### END SOLUTION


def standardize(train: Array, *others: Array) -> tuple[Array, ...]:
    """Zero-center, then divide each feature by the standard deviation that it has over the training data.

    The variance is the mean of the squared differences, divided by N. A feature that is 0 in all of train,
    like the dark corner of an image, is centred only. (One with another constant value is never tried.)

    Args:
        train: (N, ...).
        others: more data, (M, ...) each.

    Returns:
        All of them, in that order, standardized; float64.
    """
    ### BEGIN SOLUTION
    varies = np.ptp(train, axis=0) > 0
    scale = np.where(varies, np.std(train, axis=0), 1)
    return tuple(part / scale for part in zero_center(train, *others))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    mean = np.mean(X, axis=0)
    _, _, directions = np.linalg.svd(X - mean, full_matrices=False)
    return mean, directions[:k]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    parts = zero_center(train, *others)
    variances, axes = np.linalg.eigh(parts[0].T @ parts[0] / len(train))
    transform = axes[:, ::-1] / np.sqrt(variances[::-1] + eps)
    return tuple(part @ transform for part in parts)
    ### END SOLUTION


# The layers that your nets are made of. You have them from the earlier topics: take yours, with their
# conventions. (A forward leaves its arguments alone, but for the running statistics in bn_param.)


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: x (N, ...), w (D, M), b (M,) -> out (N, M) and a cache."""
    ### BEGIN SOLUTION
    flat = np.reshape(x, (len(x), -1))
    return flat @ w + b, (flat, w, x.shape)
    ### END SOLUTION


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `activations`: the gradients dx (N, ...), dw (D, M), db (M,)."""
    ### BEGIN SOLUTION
    flat, w, shape = cache
    return np.reshape(dout @ w.T, shape), flat.T @ dout, np.sum(dout, axis=0)
    ### END SOLUTION


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: out of x's shape, and a cache."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0), x
    ### END SOLUTION


def relu_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `activations`: dx."""
    ### BEGIN SOLUTION
    return dout * (cache > 0)
    ### END SOLUTION


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased (divided by N), and eps is added to it before the root. bn_param holds the mode,
    "train" or "test". Mode "train" also stores running_mean and running_var there, which are zeros where
    missing: of the old value the share `momentum` is kept, the rest comes from the batch. Mode "test" uses
    them and leaves them alone. The net needs no other eps and momentum than 1e-5 and 0.9.
    """
    ### BEGIN SOLUTION
    batch = {"running_mean": np.mean(x, axis=0), "running_var": np.var(x, axis=0)}
    if bn_param["mode"] == "train":
        for key, value in batch.items():
            bn_param[key] = 0.9 * bn_param.get(key, 0.0) + 0.1 * value
    else:
        batch = {key: bn_param.get(key, 0.0) for key in batch}
    std = np.sqrt(batch["running_var"] + 1e-5)
    normal = (x - batch["running_mean"]) / std
    return normal * gamma + beta, (normal, std, gamma)
    ### END SOLUTION


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`, for caches of mode "train": dx (N, D), dgamma (D,), dbeta (D,)."""
    ### BEGIN SOLUTION
    normal, std, gamma = cache
    dgamma, dbeta = np.sum(normal * dout, axis=0), np.sum(dout, axis=0)
    dx = gamma / std * (dout - (dbeta + normal * dgamma) / len(dout))
    return dx, dgamma, dbeta
    ### END SOLUTION


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`, with eps 1e-5: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased, and eps stands within the root. There is no mode: training and test are the same.
    """
    ### BEGIN SOLUTION
    deviation = x - np.mean(x, axis=1, keepdims=True)
    std = np.sqrt(np.mean(deviation**2, axis=1, keepdims=True) + 1e-5)
    return deviation / std * gamma + beta, (deviation / std, std, gamma)
    ### END SOLUTION


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`: dx (N, D), dgamma (D,), dbeta (D,)."""
    ### BEGIN SOLUTION
    normal, std, gamma = cache
    dnormal = dout * gamma
    along = np.mean(dnormal * normal, axis=1, keepdims=True)
    dx = (dnormal - np.mean(dnormal, axis=1, keepdims=True) - normal * along) / std
    return dx, np.sum(normal * dout, axis=0), np.sum(dout, axis=0)
    ### END SOLUTION


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `dropout`: out of x's shape, and a cache.

    dropout_param holds p, the probability of KEEPING an entry, the mode, "train" or "test", and maybe a seed,
    an integer from 0 on or None: with an integer every call drops the same entries, and without one it draws
    from whatever source you like. Dropout is inverted: on average an output is as large in mode "train" as in
    mode "test", where nothing is dropped.
    """
    ### BEGIN SOLUTION
    if dropout_param["mode"] == "test":
        return x, 1.0
    seed = dropout_param.get("seed")
    source = np.random if seed is None else np.random.default_rng(seed)
    scaled = (source.random(x.shape) < dropout_param["p"]) / dropout_param["p"]
    return x * scaled, scaled
    ### END SOLUTION


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `dropout`: dx."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """As in the topic `losses`: scores (N, C) and labels -> the mean cross-entropy, and dx (N, C)."""
    ### BEGIN SOLUTION
    lifted = x - np.max(x, axis=1, keepdims=True)
    log_odds = lifted - np.log(np.sum(np.exp(lifted), axis=1, keepdims=True))
    truth = np.arange(len(y)), y
    loss, dx = -np.mean(log_odds[truth]), np.exp(log_odds)
    dx[truth] -= 1
    return loss, dx / len(y)
    ### END SOLUTION


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
        ### BEGIN SOLUTION
        for layer, shape in enumerate([(input_dim, hidden_dim), (hidden_dim, num_classes)], 1):
            self.params[f"W{layer}"] = np.random.normal(scale=weight_scale, size=shape)
            self.params[f"b{layer}"] = np.zeros(shape[1])
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        out, first_cache = affine_forward(X, W1, b1)
        out, relu_cache = relu_forward(out)
        scores, second_cache = affine_forward(out, W2, b2)
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        dout, dW2, db2 = affine_backward(dout, second_cache)
        _, dW1, db1 = affine_backward(relu_backward(dout, relu_cache), first_cache)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        return loss, {"W1": dW1 + self.reg * W1, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}
        ### END SOLUTION


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
        ### BEGIN SOLUTION
        sizes = [input_dim, *hidden_dims, num_classes]
        for layer in range(1, len(sizes)):
            shape = sizes[layer - 1], sizes[layer]
            self.params[f"W{layer}"] = np.random.normal(scale=weight_scale, size=shape)
            self.params[f"b{layer}"] = np.zeros(shape[1])
        if normalization is not None:
            for layer, size in enumerate(hidden_dims, 1):
                self.params[f"gamma{layer}"], self.params[f"beta{layer}"] = np.ones(size), np.zeros(size)
        for name, value in self.params.items():
            self.params[name] = value.astype(dtype)
        self.norm_params: list[Settings] = [{} for _ in sizes]
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        out, caches = X, []
        for layer in range(1, self.num_layers):
            out, kept = self.hidden_forward(out, layer, mode)
            caches.append(kept)
        scores, kept = affine_forward(out, *self.affine_params(self.num_layers))
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        dout, dw, db = affine_backward(dout, kept)
        grads = {f"W{self.num_layers}": dw, f"b{self.num_layers}": db}
        for layer in range(self.num_layers - 1, 0, -1):
            dout, found = self.hidden_backward(dout, layer, caches[layer - 1])
            grads.update(found)
        for layer in range(1, self.num_layers + 1):
            w, _ = self.affine_params(layer)
            loss += 0.5 * self.reg * np.sum(w * w)
            grads[f"W{layer}"] += self.reg * w
        return loss, grads
        ### END SOLUTION

    def affine_params(self, layer: int) -> tuple[Array, Array]:
        """W and b of a layer. This and the next two methods are for your own use: change them as you like."""
        ### BEGIN SOLUTION
        return self.params[f"W{layer}"], self.params[f"b{layer}"]
        ### END SOLUTION

    def hidden_forward(self, x: Array, layer: int, mode: str) -> tuple[Array, Cache]:
        """One hidden layer, forward."""
        ### BEGIN SOLUTION
        out, affine_cache = affine_forward(x, *self.affine_params(layer))
        norm_cache = dropout_cache = None
        if self.normalization is not None:
            gamma, beta = self.params[f"gamma{layer}"], self.params[f"beta{layer}"]
            self.norm_params[layer]["mode"] = mode
            normalize = batchnorm_forward if self.normalization == "batchnorm" else layernorm_forward
            out, norm_cache = normalize(out, gamma, beta, self.norm_params[layer])
        out, relu_cache = relu_forward(out)
        if self.dropout_keep_ratio != 1:
            seed = None if self.seed is None else self.seed + layer
            out, dropout_cache = dropout_forward(
                out, {"p": self.dropout_keep_ratio, "mode": mode, "seed": seed}
            )
        return out, (affine_cache, norm_cache, relu_cache, dropout_cache)
        ### END SOLUTION

    def hidden_backward(self, dout: Array, layer: int, cache: Cache) -> tuple[Array, Params]:
        """The same layer, backward: the gradient with respect to its input, and those of its parameters."""
        ### BEGIN SOLUTION
        affine_cache, norm_cache, relu_cache, dropout_cache = cache
        grads = {}
        if dropout_cache is not None:
            dout = dropout_backward(dout, dropout_cache)
        dout = relu_backward(dout, relu_cache)
        if norm_cache is not None:
            backward = batchnorm_backward if self.normalization == "batchnorm" else layernorm_backward
            dout, grads[f"gamma{layer}"], grads[f"beta{layer}"] = backward(dout, norm_cache)
        dout, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(dout, affine_cache)
        return dout, grads
        ### END SOLUTION


# The solver.


def model_accuracy(model: Model, X: Array, y: Array) -> float:
    """Share of the samples whose highest score, in test mode, is that of the right class; in [0, 1]."""
    ### BEGIN SOLUTION
    return float(np.mean(np.argmax(model.loss(X), axis=1) == y))
    ### END SOLUTION


def descend(model: Model, X: Array, y: Array, learning_rate: float) -> float:
    """One step of gradient descent on all of X: move every parameter against its gradient.

    Returns:
        The loss before the step.
    """
    ### BEGIN SOLUTION
    loss, grads = model.loss(X, y)
    for name, gradient in grads.items():
        model.params[name] = model.params[name] - learning_rate * gradient
    return float(loss)
    ### END SOLUTION


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
        """Keep everything; `train` does the work, and is called once.

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
        ### BEGIN SOLUTION
        configs = {name: dict(self.optim_config) for name in self.model.params}
        best = -1.0
        for _ in range(self.num_epochs):
            for _ in range(max(1, len(self.data["X_train"]) // self.batch_size)):
                self.step(configs)
            for config in configs.values():
                config["learning_rate"] *= self.lr_decay
            for part, history in (("train", self.train_acc_history), ("val", self.val_acc_history)):
                history.append(model_accuracy(self.model, self.data[f"X_{part}"], self.data[f"y_{part}"]))
            if self.val_acc_history[-1] > best:
                best = self.val_acc_history[-1]
                self.best_params = {name: value.copy() for name, value in self.model.params.items()}
        self.model.params = self.best_params
        ### END SOLUTION

    def step(self, configs: dict[str, Settings]) -> None:
        """One step on a new batch, with a config for each parameter. (For your own use.)"""
        ### BEGIN SOLUTION
        X, y = self.data["X_train"], self.data["y_train"]
        batch = self.rng.choice(len(X), self.batch_size)
        loss, grads = self.model.loss(X[batch], y[batch])
        self.loss_history.append(float(loss))
        for name, gradient in grads.items():
            w = self.model.params[name]
            self.model.params[name], configs[name] = self.update_rule(w, gradient, configs[name])
        ### END SOLUTION


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
    ### BEGIN SOLUTION
    expected = np.log(model.loss(X).shape[1])
    loss, _ = model.loss(X, y)
    return bool(np.abs(loss - expected) <= tolerance * expected)
    ### END SOLUTION


def overfit_small_data(
    model: Model, X: Array, y: Array, learning_rate: float, num_steps: int
) -> tuple[list[float], float]:
    """Try whether a model can learn a few samples by heart: if it can't, something is broken.

    Take num_steps steps of gradient descent, each on all samples.

    Returns:
        The loss before each step, and the accuracy on these samples after the last.
    """
    ### BEGIN SOLUTION
    losses = [descend(model, X, y, learning_rate) for _ in range(num_steps)]
    return losses, model_accuracy(model, X, y)
    ### END SOLUTION


def diagnose_loss_curve(losses: Sequence[float]) -> str:
    """Say from the losses of a training whether its learning rate was right.

    Batches make a curve ragged. So compare the first loss with means over a tenth of the curve: with n losses
    and t = n // 10, the middle is the mean of the t losses from n // 2 on, the end that of the last t.

        "diverged"   some loss is not finite, or the end is higher than the first loss
        "good"       the end is at most half of the first loss
        "too low"    neither, and the loss still falls: from middle to end by at least half as much as from
                     the first loss to the middle (so a curve that is flat all along counts as this)
        "too high"   none of these: it fell quickly and then stayed where it was, high up

    Args:
        losses: at least 20 of them, positive where finite.

    Returns:
        One of the four.
    """
    ### BEGIN SOLUTION
    curve = np.asarray(losses, dtype=float)
    tenth, half = len(curve) // 10, len(curve) // 2
    first, middle, end = curve[0], np.mean(curve[half : half + tenth]), np.mean(curve[-tenth:])
    if not np.all(np.isfinite(curve)) or end > first:
        return "diverged"
    if end <= first / 2:
        return "good"
    return "too low" if middle - end >= (first - middle) / 2 else "too high"
    ### END SOLUTION


# Hyperparameters.


def grid_search(score: Callable[[Settings], float], grid: dict[str, Sequence[Any]]) -> tuple[Settings, float]:
    """Try every combination of the values in a grid.

    Args:
        score: takes a dictionary with one value for each name, and returns a number: the higher, the better.
        grid: the values to try, by name.

    Returns:
        The combination with the highest score, and that score. Each combination is tried once.
    """
    ### BEGIN SOLUTION
    tried = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
    scores = [score(settings) for settings in tried]
    best = int(np.argmax(scores))
    return tried[best], scores[best]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    tried = [
        {name: float(np.exp(rng.uniform(np.log(low), np.log(high)))) for name, (low, high) in ranges.items()}
        for _ in range(trials)
    ]
    scores = [score(settings) for settings in tried]
    best = int(np.argmax(scores))
    return tried[best], scores[best]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    best, best_score = {}, -np.inf
    for _ in range(rounds):
        found, value = random_search(score, ranges, trials, rng)
        if value > best_score:
            best, best_score = found, value
        reach = {name: (high / low) ** (shrink / 2) for name, (low, high) in ranges.items()}
        ranges = {name: (best[name] / factor, best[name] * factor) for name, factor in reach.items()}
    return best, best_score
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    fold_of = rng.permutation(np.arange(len(X)) % k)
    scores = []
    for fold in range(k):
        inside = fold_of == fold
        scores.append(score(X[~inside], y[~inside], X[inside], y[inside]))
    return scores
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    snapshots = []
    for _ in range(cycles):
        for t in range(steps):
            batch = rng.choice(len(X), batch_size)
            descend(model, X[batch], y[batch], learning_rate * (1 + np.cos(np.pi * t / steps)) / 2)
        snapshots.append({name: value.copy() for name, value in model.params.items()})
    return snapshots
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    before, total = model.params, 0.0
    for snapshot in snapshots:
        model.params = snapshot
        scores = model.loss(X)
        lead = scores - scores.max(axis=1, keepdims=True)
        total = total + np.exp(lead) / np.exp(lead).sum(axis=1, keepdims=True)
    model.params = before
    return np.argmax(total, axis=1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    for name in names:
        if name not in model.params:
            raise KeyError(name)
    original = model.loss

    def loss(X: Array, y: Array | None = None) -> Any:
        if y is None:
            return original(X)
        value, grads = original(X, y)
        return value, {name: np.zeros_like(g) if name in names else g for name, g in grads.items()}

    model.loss = loss
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    last = max(map(layer_number, model.params))
    inputs = len(model.params[f"W{last}"])
    model.params[f"W{last}"] = weight_scale * rng.standard_normal((inputs, num_classes))
    model.params[f"b{last}"] = np.zeros(num_classes)
    ### END SOLUTION


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
        retrain: number of layers to train, counted from the end, from 1 for the new head alone up to all.
        learning_rate: step size.
        num_steps: number of steps.
        batch_size: rows per batch, at most N.
        rng: source of the random numbers.

    Returns:
        The loss on each step's batch, before that step.
    """
    ### BEGIN SOLUTION
    replace_head(model, num_classes, rng)
    first = max(map(layer_number, model.params)) - retrain + 1
    freeze(model, [name for name in model.params if layer_number(name) < first])
    losses = []
    for _ in range(num_steps):
        batch = rng.choice(len(X), batch_size)
        losses.append(descend(model, X[batch], y[batch], learning_rate))
    return losses
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    if data == "little":
        return "head" if similarity == "similar" else "head on earlier layers"
    return "last layers" if similarity == "similar" else "most layers"
    ### END SOLUTION
