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
    mean_image = np.mean(train.astype(np.float64), axis=0)
    return tuple(data.astype(np.float64) - mean_image for data in (train,) + others)


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
    centered = zero_center(train, *others)
    std = np.std(centered[0], axis=0)
    std = np.where(std == 0, 1.0, std)
    return tuple(data / std for data in centered)


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
    X = X.astype(np.float64)
    mean = np.mean(X, axis=0)
    U, S, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k]


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
    centered = zero_center(train, *others)
    X = centered[0]
    cov = np.dot(X.T, X) / X.shape[0]  # get the data covariance matrix
    U, S, V = np.linalg.svd(cov)
    # decorrelate, then divide by the (square roots of the) eigenvalues
    return tuple(np.dot(data, U) / np.sqrt(S + eps) for data in centered)


# The layers that your nets are made of. You have them from the earlier topics: take yours, with their
# conventions. (A forward leaves its arguments alone, but for the running statistics in bn_param.)


# ---- sandwich layers, as in layer_utils.py ----


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
    return out, cache


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    dx, dw, db = affine_backward(da, fc_cache)
    return dx, dw, db


def sample_batch(X, y, batch_size, rng):
    batch_mask = rng.choice(X.shape[0], batch_size)
    return X[batch_mask], y[batch_mask]


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: x (N, ...), w (D, M), b (M,) -> out (N, M) and a cache."""
    N = x.shape[0]
    out = x.reshape(N, -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `activations`: the gradients dx (N, ...), dw (D, M), db (M,)."""
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Cache]:
    """As in the topic `activations`: out of x's shape, and a cache."""
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `activations`: dx."""
    x = cache
    dx = dout * (x > 0)
    return dx


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased (divided by N), and eps is added to it before the root. bn_param holds the mode,
    "train" or "test". Mode "train" also stores running_mean and running_var there, which are zeros where
    missing: of the old value the share `momentum` is kept, the rest comes from the batch. Mode "test" uses
    them and leaves them alone. The net needs no other eps and momentum than 1e-5 and 0.9.
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)

    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))

    out, cache = None, None
    if mode == "train":
        sample_mean = np.mean(x, axis=0)
        sample_var = np.var(x, axis=0)
        std = np.sqrt(sample_var + eps)
        x_hat = (x - sample_mean) / std
        out = gamma * x_hat + beta
        cache = (x_hat, gamma, std)

        # Store the updated running means back into bn_param
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * sample_mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * sample_var
    elif mode == "test":
        out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

    return out, cache


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`, for caches of mode "train": dx (N, D), dgamma (D,), dbeta (D,)."""
    x_hat, gamma, std = cache
    N = dout.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    dx = (gamma / (N * std)) * (N * dout - dbeta - x_hat * dgamma)
    return dx, dgamma, dbeta


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `batchnorm`, with eps 1e-5: x (N, D), gamma and beta (D,) -> out (N, D) and a cache.

    The variance is biased, and eps stands within the root. There is no mode: training and test are the same.
    """
    eps = ln_param.get("eps", 1e-5)
    # transpose, and it is batchnorm
    x_T = x.T
    mean = np.mean(x_T, axis=0)
    var = np.var(x_T, axis=0)
    std = np.sqrt(var + eps)
    x_hat = ((x_T - mean) / std).T
    out = gamma * x_hat + beta
    cache = (x_hat, gamma, std)
    return out, cache


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """As in the topic `batchnorm`: dx (N, D), dgamma (D,), dbeta (D,)."""
    x_hat, gamma, std = cache
    D = dout.shape[1]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)

    dx_hat = (dout * gamma).T
    x_hat_T = x_hat.T
    dx_T = (1.0 / (D * std)) * (
        D * dx_hat - np.sum(dx_hat, axis=0) - x_hat_T * np.sum(dx_hat * x_hat_T, axis=0)
    )
    return dx_T.T, dgamma, dbeta


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """As in the topic `dropout`: out of x's shape, and a cache.

    dropout_param holds p, the probability of KEEPING an entry, the mode, "train" or "test", and maybe a seed,
    an integer from 0 on or None: with an integer every call drops the same entries, and without one it draws
    from whatever source you like. Dropout is inverted: on average an output is as large in mode "train" as in
    mode "test", where nothing is dropped.
    """
    p, mode = dropout_param["p"], dropout_param["mode"]
    rng = np.random.default_rng(dropout_param.get("seed"))

    mask = None
    if mode == "train":
        mask = (rng.random(x.shape) < p) / p
        out = x * mask
    else:
        out = x

    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """As in the topic `dropout`: dx."""
    dropout_param, mask = cache
    if mask is None:
        dx = dout
    else:
        dx = dout * mask
    return dx


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """As in the topic `losses`: scores (N, C) and labels -> the mean cross-entropy, and dx (N, C)."""
    shifted_logits = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


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
        rng = np.random.default_rng()
        self.params["W1"] = weight_scale * rng.standard_normal((input_dim, hidden_dim))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
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
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]

        a1, cache1 = affine_relu_forward(X, W1, b1)
        scores, cache2 = affine_forward(a1, W2, b2)

        # If y is None then we are in test mode so just return scores
        if y is None:
            return scores

        grads = {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

        da1, dW2, grads["b2"] = affine_backward(dscores, cache2)
        _, dW1, grads["b1"] = affine_relu_backward(da1, cache1)
        grads["W2"] = dW2 + self.reg * W2
        grads["W1"] = dW1 + self.reg * W1

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
        self.use_dropout = dropout_keep_ratio != 1
        self.dtype = dtype

        rng = np.random.default_rng()
        dims = [input_dim] + list(hidden_dims) + [num_classes]
        for i in range(self.num_layers):
            l = str(i + 1)
            self.params["W" + l] = weight_scale * rng.standard_normal((dims[i], dims[i + 1]))
            self.params["b" + l] = np.zeros(dims[i + 1])
            if self.normalization is not None and i < self.num_layers - 1:
                self.params["gamma" + l] = np.ones(dims[i + 1])
                self.params["beta" + l] = np.zeros(dims[i + 1])

        # When using dropout we need to pass a dropout_param dictionary to each
        # dropout layer so that the layer knows the dropout probability and the mode
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed

        # With batch normalization we need to keep track of running means and
        # variances, so we need to pass a special bn_param object to each layer
        self.bn_params = []
        if self.normalization == "batchnorm":
            self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
        if self.normalization == "layernorm":
            self.bn_params = [{} for i in range(self.num_layers - 1)]

        # Cast all parameters to the correct datatype
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

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
        X = X.astype(self.dtype)

        # Set train/test mode for batchnorm params and dropout param since they
        # behave differently during training and testing.
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode

        caches = []
        out = X
        for layer in range(1, self.num_layers):
            out, cache = self.hidden_forward(out, layer, mode)
            caches.append(cache)
        W, b = self.affine_params(self.num_layers)
        scores, fc_cache = affine_forward(out, W, b)

        # If test mode return early
        if mode == "test":
            return scores

        grads = {}
        loss, dscores = softmax_loss(scores, y)
        last = str(self.num_layers)
        dout, grads["W" + last], grads["b" + last] = affine_backward(dscores, fc_cache)
        for layer in range(self.num_layers - 1, 0, -1):
            dout, layer_grads = self.hidden_backward(dout, layer, caches[layer - 1])
            grads.update(layer_grads)

        for layer in range(1, self.num_layers + 1):
            W, b = self.affine_params(layer)
            loss += 0.5 * self.reg * np.sum(W * W)
            grads["W%d" % layer] = grads["W%d" % layer] + self.reg * W

        return loss, grads

    def affine_params(self, layer: int) -> tuple[Array, Array]:
        """W and b of a layer. This and the next two methods are for your own use: change them as you like."""
        return self.params["W%d" % layer], self.params["b%d" % layer]

    def hidden_forward(self, x: Array, layer: int, mode: str) -> tuple[Array, Cache]:
        """One hidden layer, forward."""
        # affine - [batch/layer norm] - relu - [dropout]
        W, b = self.affine_params(layer)
        norm_cache, dropout_cache = None, None
        a, fc_cache = affine_forward(x, W, b)
        if self.normalization is not None:
            gamma, beta = self.params["gamma%d" % layer], self.params["beta%d" % layer]
            if self.normalization == "batchnorm":
                a, norm_cache = batchnorm_forward(a, gamma, beta, self.bn_params[layer - 1])
            else:
                a, norm_cache = layernorm_forward(a, gamma, beta, self.bn_params[layer - 1])
        out, relu_cache = relu_forward(a)
        if self.use_dropout:
            out, dropout_cache = dropout_forward(out, self.dropout_param)
        return out, (fc_cache, norm_cache, relu_cache, dropout_cache)

    def hidden_backward(self, dout: Array, layer: int, cache: Cache) -> tuple[Array, Params]:
        """The same layer, backward: the gradient with respect to its input, and those of its parameters."""
        fc_cache, norm_cache, relu_cache, dropout_cache = cache
        grads = {}
        if self.use_dropout:
            dout = dropout_backward(dout, dropout_cache)
        da = relu_backward(dout, relu_cache)
        if self.normalization is not None:
            if self.normalization == "batchnorm":
                da, dgamma, dbeta = batchnorm_backward(da, norm_cache)
            else:
                da, dgamma, dbeta = layernorm_backward(da, norm_cache)
            grads["gamma%d" % layer] = dgamma
            grads["beta%d" % layer] = dbeta
        dx, grads["W%d" % layer], grads["b%d" % layer] = affine_backward(da, fc_cache)
        return dx, grads


# The solver.


def model_accuracy(model: Model, X: Array, y: Array) -> float:
    """Share of the samples whose highest score, in test mode, is that of the right class; in [0, 1]."""
    scores = model.loss(X)
    y_pred = np.argmax(scores, axis=1)
    return float(np.mean(y_pred == y))


def descend(model: Model, X: Array, y: Array, learning_rate: float) -> float:
    """One step of gradient descent on all of X: move every parameter against its gradient.

    Returns:
        The loss before the step.
    """
    loss, grads = model.loss(X, y)
    for p in list(model.params):
        model.params[p] = model.params[p] - learning_rate * grads[p]
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
        # Make a copy of the optim_config for each parameter
        configs = {}
        for p in self.model.params:
            configs[p] = {k: v for k, v in self.optim_config.items()}

        num_train = self.data["X_train"].shape[0]
        iterations_per_epoch = max(num_train // self.batch_size, 1)

        best_val_acc = -1
        self.best_params = {k: v.copy() for k, v in self.model.params.items()}
        for epoch in range(self.num_epochs):
            for t in range(iterations_per_epoch):
                self.step(configs)

            # At the end of every epoch, decay the learning rate
            for k in configs:
                configs[k]["learning_rate"] *= self.lr_decay

            train_acc = model_accuracy(self.model, self.data["X_train"], self.data["y_train"])
            val_acc = model_accuracy(self.model, self.data["X_val"], self.data["y_val"])
            self.train_acc_history.append(train_acc)
            self.val_acc_history.append(val_acc)

            # Keep track of the best model
            if val_acc > best_val_acc:
                best_val_acc = val_acc
                self.best_params = {k: v.copy() for k, v in self.model.params.items()}

        # At the end of training swap the best params into the model
        for k, v in self.best_params.items():
            self.model.params[k] = v.copy()

    def step(self, configs: dict[str, Settings]) -> None:
        """One step on a new batch, with a config for each parameter. (For your own use.)"""
        # Make a minibatch of training data
        X_batch, y_batch = sample_batch(
            self.data["X_train"], self.data["y_train"], self.batch_size, self.rng
        )

        # Compute loss and gradient
        loss, grads = self.model.loss(X_batch, y_batch)
        self.loss_history.append(loss)

        # Perform a parameter update
        for p in list(self.model.params):
            next_w, next_config = self.update_rule(self.model.params[p], grads[p], configs[p])
            self.model.params[p] = next_w
            configs[p] = next_config


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
    num_classes = model.loss(X).shape[1]
    loss, _ = model.loss(X, y)
    expected = np.log(num_classes)
    return bool(np.abs(loss - expected) <= tolerance * expected)


def overfit_small_data(
    model: Model, X: Array, y: Array, learning_rate: float, num_steps: int
) -> tuple[list[float], float]:
    """Try whether a model can learn a few samples by heart: if it can't, something is broken.

    Take num_steps steps of gradient descent, each on all samples.

    Returns:
        The loss before each step, and the accuracy on these samples after the last.
    """
    loss_history = []
    for _ in range(num_steps):
        loss_history.append(descend(model, X, y, learning_rate))
    return loss_history, model_accuracy(model, X, y)


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
    losses = np.asarray(losses, dtype=np.float64)
    if not np.all(np.isfinite(losses)):
        return "diverged"
    n = len(losses)
    t = n // 10
    first = losses[0]
    middle = np.mean(losses[n // 2 : n // 2 + t])
    end = np.mean(losses[-t:])
    if end > first:
        return "diverged"
    if end <= first / 2:
        return "good"
    if middle - end >= 0.5 * (first - middle):
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
    best_config, best_score = None, None
    names = list(grid)
    for values in product(*[grid[name] for name in names]):
        config = dict(zip(names, values))
        s = score(dict(config))
        if best_config is None or s > best_score:
            best_config, best_score = config, s
    return best_config, best_score


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
    best_config, best_score = None, None
    for _ in range(trials):
        config = {}
        for name, (low, high) in ranges.items():
            value = 10 ** rng.uniform(np.log10(low), np.log10(high))
            config[name] = float(np.clip(value, low, high))
        s = score(dict(config))
        if best_config is None or s > best_score:
            best_config, best_score = config, s
    return best_config, best_score


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
    best_config, best_score = None, None
    ranges = dict(ranges)
    for r in range(rounds):
        config, s = random_search(score, ranges, trials, rng)
        if best_config is None or s > best_score:
            best_config, best_score = config, s
        for name, (low, high) in ranges.items():
            half_width = shrink * (np.log10(high) - np.log10(low)) / 2
            middle = np.log10(best_config[name])
            ranges[name] = (10 ** (middle - half_width), 10 ** (middle + half_width))
    return best_config, best_score


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
    folds = np.array_split(rng.permutation(X.shape[0]), k)
    scores = []
    for val_mask in folds:
        train_mask = np.setdiff1d(np.arange(X.shape[0]), val_mask)
        scores.append(score(X[train_mask], y[train_mask], X[val_mask], y[val_mask]))
    return scores


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
            lr = learning_rate * (1 + np.cos(np.pi * t / steps)) / 2
            X_batch, y_batch = sample_batch(X, y, batch_size, rng)
            descend(model, X_batch, y_batch, lr)
        snapshots.append({k: v.copy() for k, v in model.params.items()})
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
    old_params = dict(model.params)
    mean_probs = 0
    for snapshot in snapshots:
        for k, v in snapshot.items():
            model.params[k] = v.copy()
        scores = model.loss(X)
        probs = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        probs /= np.sum(probs, axis=1, keepdims=True)
        mean_probs = mean_probs + probs / len(snapshots)
    for k, v in old_params.items():
        model.params[k] = v
    return np.argmax(mean_probs, axis=1)


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
    for name in names:
        if name not in model.params:
            raise KeyError(name)

    old_loss = model.loss

    def loss(X, y=None):
        if y is None:
            return old_loss(X)
        value, grads = old_loss(X, y)
        grads = dict(grads)
        for name in names:
            grads[name] = np.zeros_like(model.params[name])
        return value, grads

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
    last = max(layer_number(name) for name in model.params)
    rows = model.params["W%d" % last].shape[0]
    model.params["W%d" % last] = weight_scale * rng.standard_normal((rows, num_classes))
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
    layers = sorted(set(layer_number(name) for name in model.params))
    frozen_layers = layers[: max(len(layers) - retrain, 0)]
    freeze(model, [name for name in model.params if layer_number(name) in frozen_layers])

    loss_history = []
    for _ in range(num_steps):
        X_batch, y_batch = sample_batch(X, y, batch_size, rng)
        loss_history.append(descend(model, X_batch, y_batch, learning_rate))
    return loss_history


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
    if similarity == "similar":
        return "head" if data == "little" else "last layers"
    return "head on earlier layers" if data == "little" else "most layers"
