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

from collections.abc import Callable

import numpy as np
import time
import matplotlib.pyplot as plt
try:
    import torch
except Exception:
    torch = None

f64 = lambda a: np.array(a, dtype=np.float64)

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Loss = Callable[[Array, Array, Array, float], tuple[float, Array]]


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
    if x.dtype != np.float64:
        x = f64(x)
    g = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        old = x[i]
        x[i] = old + h
        a = f(x)
        x[i] = old - h
        b = f(x)
        x[i] = old
        # g[i] = (a - f(x)) / h
        g[i] = (a - b) / (2 * h)
    return g


def relative_error(a: Array, b: Array) -> float:
    """Largest relative difference between two arrays of one shape.

    The maximum over all entries of |a - b| / max(1e-8, |a| + |b|). The 1e-8 keeps entries that are both zero,
    or nearly, from dividing by zero.

    Returns:
        One number: 0 for equal arrays, at most 1.
    """
    m = np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))
    return float(m.max())


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
    x = f64(x)
    N = len(x)
    L = 0.0
    d = np.zeros(x.shape)
    for i in range(N):
        m = x[i] - x[i, y[i]] + 1
        m[y[i]] = 0
        m[m < 0] = 0
        L += m.sum()
        d[i] = m > 0
        d[i, y[i]] = -d[i].sum()
    return L / N, d / N


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
    W = f64(W)
    X = f64(X)
    L = 0.0
    dW = np.zeros(W.shape)
    for i in range(len(X)):
        s = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            m = s[j] - s[y[i]] + 1   # 1 = margin
            if m > 0:
                L += m
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    L = L / len(X)
    dW = dW / len(X)
    L += reg * (W * W).sum()
    dW += 2 * reg * W
    return L, dW


def svm_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `svm_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    W = f64(W)
    X = f64(X)
    s = X.dot(W)
    N = len(X)
    m = s - s[np.arange(N), y].reshape(-1, 1) + 1
    m[np.arange(N), y] = 0
    m = np.maximum(m, 0)
    d = (m > 0) * 1.0
    d[np.arange(N), y] = -d.sum(axis=1)
    return m.sum() / N + reg * (W ** 2).sum(), X.T.dot(d) / N + 2 * reg * W


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
    x = f64(x)
    N = len(x)
    x -= x.max(axis=1).reshape(-1, 1)
    S = np.exp(x).sum(axis=1)
    L = (np.log(S) - x[np.arange(N), y]).mean()
    # L = -np.log(p[np.arange(N), y] + 1e-12).mean()
    p = np.exp(x) / S.reshape(-1, 1)
    p[np.arange(N), y] -= 1
    return L, p / N


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
    W = f64(W)
    X = f64(X)
    L = 0.0
    dW = np.zeros(W.shape)
    for i in range(len(X)):
        s = X[i].dot(W)
        s = s - s.max()
        Z = np.exp(s).sum()
        L += np.log(Z) - s[y[i]]
        p = np.exp(s) / Z
        for j in range(W.shape[1]):
            dW[:, j] += (p[j] - (1.0 if j == y[i] else 0.0)) * X[i]
    L = L / len(X) + reg * (W * W).sum()
    dW = dW / len(X) + 2 * reg * W
    return L, dW


def softmax_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `softmax_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    W = f64(W)
    X = f64(X)
    N = len(X)
    s = X.dot(W)
    s = s - s.max(axis=1).reshape(-1, 1)
    Z = np.exp(s).sum(axis=1).reshape(-1, 1)
    L = (np.log(Z)[:, 0] - s[np.arange(N), y]).mean()
    p = np.exp(s) / Z
    p[np.arange(N), y] -= 1
    return L + reg * (W ** 2).sum(), X.T.dot(p) / N + 2 * reg * W


def l1_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(|W|).

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape. Where an entry is 0 any slope between
        -strength and strength is right.
    """
    W = f64(W)
    return strength * np.abs(W).sum(), strength * np.sign(W)


def l2_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(W^2): no factor 1/2, no root.

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    W = f64(W)
    return strength * (W ** 2).sum(), 2 * strength * W


def elastic_net_penalty(W: Array, l1: float, l2: float) -> tuple[float, Array]:
    """Sum of an L1 penalty of strength l1 and an L2 penalty of strength l2.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    W = f64(W)
    return l1 * np.abs(W).sum() + l2 * (W ** 2).sum(), l1 * np.sign(W) + 2 * l2 * W


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
    out = []
    for im in images:
        row = []
        for c in range(3):
            hist = np.histogram(im[c], bins=bins, range=(0, 1))[0]
            for k in hist:
                row.append(k / im[c].size)
        out.append(row)
    return np.array(out)


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
    best = None
    bl = 1e999
    for t in range(trials):
        w = rng.standard_normal(shape)
        l = loss(w)
        # print(t, l)
        if best is None or l < bl:
            best = w
            bl = l
    return best, bl


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
        hist = []
        for it in range(num_iters):
            idx = rng.integers(0, len(X), batch_size)
            L, dW = self.loss(self.W, X[idx], y[idx], reg)
            hist.append(L)
            # self.W -= learning_rate * dW
            self.W = self.W - learning_rate * dW
        print("done", hist[-1:])
        return hist

    def predict(self, X: Array) -> Array:
        """The class with the highest score for each row of X (N, D): integers (N,)."""
        return X.dot(self.W).argmax(axis=1)
