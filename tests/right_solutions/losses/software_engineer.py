"""Loss functions and the linear classifier.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and, if you like, Python's
standard library: other packages are not there when your work is graded. Names and calling conventions follow
Stanford CS231n's assignments.

Throughout, N is the number of samples, D the number of features, C the number of classes. Weights W are
(D, C), data X (N, D), scores X @ W (N, C), labels y (N,) with integers in [0, C). Data may hold integers
(pixels do), weights and scores hold floats; losses and gradients are float64. Gradients are worked out on
paper: what `numerical_gradient` measures is for comparison only, too slow to train with and too inexact. No
function changes the arrays it is given, unless it says so.
"""

import logging
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from collections.abc import Callable

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Loss = Callable[[Array, Array, Array, float], tuple[float, Array]]


logger = logging.getLogger(__name__)

Index = tuple[int, ...]


def as_float(a: Array) -> Array:
    return np.asarray(a, dtype=np.float64)


def check_labels(x: Array, y: Array) -> None:
    if x.ndim != 2 or np.shape(y) != (len(x),):
        raise ValueError(f"scores {x.shape} and labels {np.shape(y)} do not fit together")


def value_with(f: Callable[[Array], float], x: Array, index: Index, value: float) -> float:
    """f where one entry of x has another value for the time of the call."""
    before = x[index]
    x[index] = value
    try:
        return float(f(x))
    finally:
        x[index] = before


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """Gradient of f at x by central differences, one entry of x after the other.

    The slope along one entry is (f(x + h) - f(x - h)) / (2h), with h added to that entry alone and not
    rescaled. The error of this formula falls with h^2; that of the one-sided one, (f(x + h) - f(x)) / h, only
    with h.

    Args:
        f: takes an array like x and returns a number.
        x: float array of any shape. You may change it while you work; when you return it must be as before.
        h: step.

    Returns:
        Array of the shape of x.
    """
    if h <= 0:
        raise ValueError(f"h must be positive, not {h}")
    slopes = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        here = float(x[index])
        up, down = (value_with(f, x, index, here + shift) for shift in (h, -h))
        slopes[index] = (up - down) / (2.0 * h)
    return slopes


def relative_error(a: Array, b: Array) -> float:
    """Largest relative difference between two arrays of one shape.

    The maximum over all entries of |a - b| / max(1e-8, |a| + |b|). The 1e-8 keeps entries that are both zero,
    or nearly, from dividing by zero.

    Returns:
        One number: 0 for equal arrays, at most 1.
    """
    a, b = as_float(a), as_float(b)
    if a.shape != b.shape:
        raise ValueError(f"the shapes {a.shape} and {b.shape} differ")
    error = np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))
    return float(error.max(initial=0.0))


@dataclass
class Tally:
    """Sums up losses and gradients of a linear classifier, sample after sample."""

    dW: Array
    total: float = 0.0
    count: int = 0

    def add(self, row: Array, cost: float, dscores: Array) -> None:
        self.total += cost
        self.dW += np.outer(row, dscores)
        self.count += 1

    def finish(self, W: Array, reg: float) -> tuple[float, Array]:
        penalty, dpenalty = l2_penalty(W, reg)
        return self.total / self.count + penalty, self.dW / self.count + dpenalty


def samples(W: Array, X: Array, y: Array) -> Iterator[tuple[Array, list[float], int]]:
    """One sample after the other: its row, its scores as Python floats, its label."""
    for row, label in zip(as_float(X), np.asarray(y).tolist(), strict=True):
        yield row, (row @ W).tolist(), label


def through_scores(loss: Callable[[Array, Array], tuple[float, Array]], W: Array, X: Array, y: Array, reg: float):
    """A loss of scores and the penalty, as a loss of the weights."""
    X = as_float(X)
    data_loss, dscores = loss(X @ W, y)
    penalty, dpenalty = l2_penalty(W, reg)
    return data_loss + penalty, X.T @ dscores + dpenalty


def svm_loss(x: Array, y: Array) -> tuple[float, Array]:
    """Multiclass hinge loss of scores, with margin 1.

    Sample i costs the sum over all wrong classes j of max(0, x[i, j] - x[i, y[i]] + 1). The loss is the mean
    of that over the N samples; there is no penalty in it.

    Args:
        x: scores (N, C).
        y: labels (N,).

    Returns:
        The loss, and its gradient with respect to x, (N, C).
    """
    x = as_float(x)
    check_labels(x, y)
    rows = np.arange(len(x))
    margins = x - x[rows, y][:, None] + 1.0
    margins[rows, y] = 0.0
    over = margins > 0
    dx = over.astype(np.float64)
    dx[rows, y] = -over.sum(axis=1)
    return float(margins[over].sum()) / len(x), dx / len(x)


def svm_loss_naive(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """Multiclass hinge loss of a linear classifier, with loops.

    Loop over samples and classes; this is the version to get right first, and what the vectorized one is then
    held against. So more samples execute more lines of Python here. The loss is that of `svm_loss` at
    the scores X @ W, plus the penalty reg * sum(W * W), which has no factor 1/2 here and no division by N.

    Args:
        W: weights (D, C).
        X: data (N, D).
        y: labels (N,).
        reg: strength of the penalty.

    Returns:
        The loss, and its gradient with respect to W, (D, C).
    """
    W = as_float(W)
    tally = Tally(np.zeros_like(W))
    for row, scores, label in samples(W, X, y):
        cost, dscores = 0.0, np.zeros(len(scores))
        for j, score in enumerate(scores):
            margin = score - scores[label] + 1.0
            if j == label or margin <= 0:
                continue
            cost += margin
            dscores[j] += 1.0
            dscores[label] -= 1.0
        tally.add(row, cost, dscores)
    return tally.finish(W, reg)


def svm_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `svm_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    return through_scores(svm_loss, as_float(W), X, y, reg)


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """Cross-entropy of the softmax of scores.

    Sample i costs -log(p[i, y[i]]) with p[i, j] = exp(x[i, j]) / sum over k of exp(x[i, k]). The loss is the
    mean of that over the N samples; there is no penalty in it.

    Adding one number to all scores of a sample changes neither p nor the loss. So yours must be right when
    all scores are 2000 higher, although exp(2000) overflows a float64; when only some samples' scores are,
    and others' are 2000 lower; and when only the right class's score is 720 higher. Small probabilities count
    in full: one of exp(-300) costs 300; add nothing to it, and don't clip it.

    Args:
        x: scores (N, C).
        y: labels (N,).

    Returns:
        The loss, and its gradient with respect to x, (N, C).
    """
    x = as_float(x)
    check_labels(x, y)
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    weights = np.exp(shifted)
    sums = weights.sum(axis=1)
    dx = weights / sums[:, None]
    dx[rows, y] -= 1.0
    return float(np.mean(np.log(sums) - shifted[rows, y])), dx / len(x)


def softmax_loss_naive(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """Cross-entropy of a linear classifier, with loops.

    Loop over the samples, so that more of them execute more lines of Python. The loss is that of
    `softmax_loss` at the scores X @ W, plus the penalty reg * sum(W * W). Large scores and tiny
    probabilities must do no harm here either.

    Args:
        W: weights (D, C).
        X: data (N, D).
        y: labels (N,).
        reg: strength of the penalty.

    Returns:
        The loss, and its gradient with respect to W, (D, C).
    """
    W = as_float(W)
    tally = Tally(np.zeros_like(W))
    for row, scores, label in samples(W, X, y):
        top = max(scores)
        weights = [math.exp(score - top) for score in scores]
        total = math.fsum(weights)
        dscores = np.array([weight / total for weight in weights])
        dscores[label] -= 1.0
        tally.add(row, math.log(total) + top - scores[label], dscores)
    return tally.finish(W, reg)


def softmax_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `softmax_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    return through_scores(softmax_loss, as_float(W), X, y, reg)


def l1_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(|W|).

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape. Where an entry is 0 any slope between
        -strength and strength is right.
    """
    W = as_float(W)
    return float(strength * np.abs(W).sum()), strength * np.sign(W)


def l2_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(W^2): no factor 1/2, no root.

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    W = as_float(W)
    return float(strength * np.sum(W**2)), 2.0 * strength * W


def elastic_net_penalty(W: Array, l1: float, l2: float) -> tuple[float, Array]:
    """Sum of an L1 penalty of strength l1 and an L2 penalty of strength l2.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    parts = [l1_penalty(W, l1), l2_penalty(W, l2)]
    values, gradients = zip(*parts, strict=True)
    return math.fsum(values), sum(gradients)


def color_histogram(images: Array, bins: int) -> Array:
    """Features of images: how often each intensity occurs in each channel.

    The bins are equally wide and cover [0, 1]; the value 1 belongs to the last. (No value that is tried lies
    on the edge between two bins.)

    Args:
        images: (N, 3, H, W) in [0, 1].
        bins: number of bins per channel.

    Returns:
        (N, 3 * bins): first the bins of channel 0 from dark to light, then those of channel 1, then of
        channel 2. Each entry is a share of the image's pixels, so that each channel's bins sum to 1.
    """
    if bins < 1:
        raise ValueError(f"there must be at least one bin, not {bins}")
    n, channels, height, width = images.shape
    rows = np.asarray(images, dtype=np.float32).reshape(n * channels, height * width)
    which = np.minimum((rows * bins).astype(int), bins - 1)
    counts = np.array([np.bincount(row, minlength=bins) for row in which], dtype=np.float64)
    return counts.reshape(n, channels * bins) / (height * width)


def nan_is_worst(value: float) -> float:
    return math.inf if math.isnan(value) else value


def random_search(
    loss: Callable[[Array], float], shape: tuple[int, ...], trials: int, rng: np.random.Generator
) -> tuple[Array, float]:
    """The first strategy one thinks of: try weights at random and keep the best.

    Draw `trials` arrays of standard normal numbers and try each. Use rng for every draw and no other source
    of randomness, so that the same seed gives the same answer.

    Args:
        loss: takes an array of that shape and returns a number.
        shape: of the weights.
        trials: how many arrays to try.
        rng: source of the random numbers.

    Returns:
        The array with the lowest loss, and that loss.
    """
    if trials < 1:
        raise ValueError(f"at least one trial is needed, not {trials}")

    def attempt(_: int) -> tuple[Array, float]:
        weights = rng.standard_normal(shape)
        return weights, float(loss(weights.copy()))

    best, lowest = min(map(attempt, range(trials)), key=lambda pair: nan_is_worst(pair[1]))
    logger.debug("best loss of %d trials: %g", trials, lowest)
    return best, lowest


class LinearClassifier:
    """A linear classifier, trained by stochastic gradient descent.

    Attributes:
        loss: the loss that it minimises.
        W: weights (D, C), or None as long as there are none.
    """

    def __init__(self, loss: Loss) -> None:
        """Keep the loss, one of the four functions above that take (W, X, y, reg)."""
        self.loss = loss
        self.W: Array | None = None

    def train(
        self,
        X: Array,
        y: Array,
        learning_rate: float,
        reg: float,
        num_iters: int,
        batch_size: int,
        rng: np.random.Generator,
    ) -> list[float]:
        """Take num_iters steps of gradient descent, each on a batch of its own.

        Each step draws a new batch of batch_size rows of X, never fewer, with their labels, at random by rng
        (with or without replacement, as you like, but wherever in X they stand), and moves W against the
        gradient that self.loss has on this batch with this reg, learning_rate times its length. The first
        call starts from small random weights; where self.W is set already, training goes on from there.

        Args:
            X: data (N, D).
            y: labels (N,).
            learning_rate: step size.
            reg: handed on to the loss.
            num_iters: number of steps.
            batch_size: rows per batch, at most N.
            rng: source of the random numbers.

        Returns:
            The loss on each step's batch, before that step: the num_iters numbers of this call.
        """
        if self.W is None:
            self.W = 0.001 * rng.standard_normal((X.shape[1], int(y.max()) + 1))
        if not 1 <= batch_size <= len(X):
            raise ValueError(f"can't draw batches of {batch_size} from {len(X)} samples")
        draw = partial(rng.choice, len(X), size=batch_size, replace=False)
        history: list[float] = []
        for iteration in range(num_iters):
            rows = draw()
            value, dW = self.loss(self.W, X[rows], y[rows], reg)
            history.append(float(value))
            self.W = self.W - learning_rate * dW
            logger.debug("iteration %d: loss %g", iteration, value)
        return history

    def predict(self, X: Array) -> Array:
        """The class with the highest score for each row of X (N, D): integers (N,)."""
        if self.W is None:
            raise RuntimeError("call train first: there are no weights yet")
        return np.argmax(X @ self.W, axis=1)
