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

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Loss = Callable[[Array, Array, Array, float], tuple[float, Array]]


def right_entries(y, C):
    """index of each sample's right class in the flattened scores: i * C + y[i]"""
    return np.arange(len(y)) * C + y


def sum_of_squares(W):
    flat = np.reshape(W, -1)
    return float(flat.dot(flat))


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
    grad = np.zeros(x.size)
    k = 0
    while k < x.size:
        old = x.flat[k]
        x.flat[k] = old + h
        right = f(x)
        x.flat[k] = old - h
        left = f(x)
        x.flat[k] = old
        grad[k] = (right - left) / (2 * h)
        k = k + 1
    return grad.reshape(x.shape)


def relative_error(a: Array, b: Array) -> float:
    """Largest relative difference between two arrays of one shape.

    The maximum over all entries of |a - b| / max(1e-8, |a| + |b|). The 1e-8 keeps entries that are both zero,
    or nearly, from dividing by zero.

    Returns:
        One number: 0 for equal arrays, at most 1.
    """
    fa = np.array(a, dtype=np.float64).reshape(-1)
    fb = np.array(b, dtype=np.float64).reshape(-1)
    worst = 0.0
    k = 0
    while k < fa.size:
        den = abs(fa[k]) + abs(fb[k])
        if den < 1e-8:
            den = 1e-8
        e = abs(fa[k] - fb[k]) / den
        if e > worst:
            worst = e
        k = k + 1
    return float(worst)


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
    N, C = x.shape
    flat = np.reshape(x, -1)
    at = right_entries(y, C)
    margin = flat - np.repeat(flat[at], C) + 1.0
    margin[at] = 0.0
    on = margin > 0
    loss = margin[on].sum() / N
    dx = np.zeros(N * C)
    dx[on] = 1.0 / N
    count = np.sum(on.reshape(N, C), axis=1)
    dx[at] = -count / N
    return float(loss), dx.reshape(N, C)


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
    D, C = W.shape
    N = X.shape[0]
    dW = np.zeros((D, C))
    total = 0.0
    i = 0
    while i < N:
        s = X[i].dot(W)
        right = y[i]
        j = 0
        while j < C:
            if j != right:
                m = s[j] - s[right] + 1
                if m > 0:
                    total += m
                    dW[:, j] += X[i]
                    dW[:, right] -= X[i]
            j = j + 1
        i = i + 1
    return float(total / N + reg * sum_of_squares(W)), dW / N + 2 * reg * W


def svm_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `svm_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    loss, ds = svm_loss(X.dot(W), y)
    return loss + reg * sum_of_squares(W), X.T.dot(ds) + 2 * reg * W


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
    N, C = x.shape
    biggest = np.repeat(x.max(1), C)
    flat = np.reshape(x, -1) - biggest
    e = np.exp(flat)
    z = e.reshape(N, C).sum(1)
    at = right_entries(y, C)
    loss = np.sum(np.log(z) - flat[at]) / N
    dx = e / np.repeat(z, C)
    dx[at] -= 1.0
    return float(loss), dx.reshape(N, C) / N


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
    D, C = W.shape
    N = X.shape[0]
    dW = np.zeros((D, C))
    total = 0.0
    i = 0
    while i < N:
        s = X[i].dot(W)
        s = s - s.max()
        e = np.exp(s)
        z = 0.0
        j = 0
        while j < C:
            z += e[j]
            j = j + 1
        total += np.log(z) - s[y[i]]
        j = 0
        while j < C:
            g = e[j] / z
            if j == y[i]:
                g = g - 1.0
            dW[:, j] += g * X[i]
            j = j + 1
        i = i + 1
    return float(total / N + reg * sum_of_squares(W)), dW / N + 2 * reg * W


def softmax_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `softmax_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    loss, ds = softmax_loss(X.dot(W), y)
    return loss + reg * sum_of_squares(W), X.T.dot(ds) + 2 * reg * W


def l1_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(|W|).

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape. Where an entry is 0 any slope between
        -strength and strength is right.
    """
    grad = np.zeros(W.shape)
    grad[W > 0] = strength
    grad[W < 0] = -strength
    return float(strength * np.abs(W).sum()), grad


def l2_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(W^2): no factor 1/2, no root.

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    return strength * sum_of_squares(W), 2.0 * strength * W


def elastic_net_penalty(W: Array, l1: float, l2: float) -> tuple[float, Array]:
    """Sum of an L1 penalty of strength l1 and an L2 penalty of strength l2.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    p1, g1 = l1_penalty(W, l1)
    p2, g2 = l2_penalty(W, l2)
    return p1 + p2, g1 + g2


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
    N, C, H, W = images.shape
    P = H * W
    out = np.zeros((N, C * bins))
    n = 0
    while n < N:
        c = 0
        while c < C:
            values = images[n, c].reshape(P)
            b = np.floor(values * bins).astype(int)
            b[b >= bins] = bins - 1
            k = 0
            while k < P:
                out[n, c * bins + b[k]] += 1
                k = k + 1
            c = c + 1
        n = n + 1
    return out / P


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
    best = np.zeros(shape)
    best_loss = np.inf
    t = 1
    while t <= trials:
        w = rng.standard_normal(shape)
        value = loss(w)
        if t == 1 or value < best_loss:
            best = w.copy()
            best_loss = value
        t = t + 1
    return best, best_loss


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
        history = np.zeros(num_iters)
        N = X.shape[0]
        it = 1
        while it <= num_iters:
            rows = rng.permutation(N)[0:batch_size]
            value, grad = self.loss(self.W, X[rows], y[rows], reg)
            history[it - 1] = value
            self.W = self.W - learning_rate * grad
            it = it + 1
        return history.tolist()

    def predict(self, X: Array) -> Array:
        """The class with the highest score for each row of X (N, D): integers (N,)."""
        scores = X.dot(self.W)
        N, C = scores.shape
        labels = np.zeros(N, dtype=int)
        n = 0
        while n < N:
            best = 0
            c = 1
            while c < C:
                if scores[n, c] > scores[n, best]:
                    best = c
                c = c + 1
            labels[n] = best
            n = n + 1
        return labels
