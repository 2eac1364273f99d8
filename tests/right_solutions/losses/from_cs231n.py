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
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        # evaluate function at x+h
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h  # increment by h
        fxph = f(x)  # evaluate f(x + h)
        x[ix] = oldval - h
        fxmh = f(x)  # evaluate f(x - h)
        x[ix] = oldval  # restore

        # compute the partial derivative with centered formula
        grad[ix] = (fxph - fxmh) / (2 * h)  # the slope
        it.iternext()  # step to next dimension
    return grad


def relative_error(a: Array, b: Array) -> float:
    """Largest relative difference between two arrays of one shape.

    The maximum over all entries of |a - b| / max(1e-8, |a| + |b|). The 1e-8 keeps entries that are both zero,
    or nearly, from dividing by zero.

    Returns:
        One number: 0 for equal arrays, at most 1.
    """
    return np.max(np.abs(a - b) / (np.maximum(1e-8, np.abs(a) + np.abs(b))))


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
    N = x.shape[0]
    correct_class_scores = x[np.arange(N), y]
    margins = np.maximum(0, x - correct_class_scores[:, np.newaxis] + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    num_pos = np.sum(margins > 0, axis=1)
    dx = np.zeros(x.shape)
    dx[margins > 0] = 1
    dx[np.arange(N), y] -= num_pos
    dx /= N
    return loss, dx


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
    dW = np.zeros(W.shape)  # initialize the gradient as zero

    # compute the loss and the gradient
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1  # note delta = 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]

    # Right now the loss is a sum over all training examples, but we want it
    # to be an average instead so we divide by num_train.
    loss /= num_train
    dW /= num_train

    # Add regularization to the loss.
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


def svm_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `svm_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    num_train = X.shape[0]

    scores = X.dot(W)
    correct_class_scores = scores[np.arange(num_train), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct_class_scores + 1)
    margins[np.arange(num_train), y] = 0
    loss = np.sum(margins) / num_train + reg * np.sum(W * W)

    mask = (margins > 0).astype(np.float64)
    mask[np.arange(num_train), y] = -np.sum(mask, axis=1)
    dW = X.T.dot(mask) / num_train + 2 * reg * W
    return loss, dW


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
    loss = 0.0
    dW = np.zeros(W.shape)
    num_train = X.shape[0]
    num_classes = W.shape[1]

    for i in range(num_train):
        scores = X[i].dot(W)
        scores = scores - np.max(scores)
        log_sum = np.log(np.sum(np.exp(scores)))
        loss += log_sum - scores[y[i]]
        for j in range(num_classes):
            p = np.exp(scores[j] - log_sum)
            dW[:, j] += (p - (j == y[i])) * X[i]

    loss /= num_train
    dW /= num_train

    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W: Array, X: Array, y: Array, reg: float) -> tuple[float, Array]:
    """What `softmax_loss_naive` returns, without a loop.

    However many samples there are, it executes the same number of lines of Python.
    """
    loss, dscores = softmax_loss(X.dot(W), y)
    loss += reg * np.sum(W * W)
    dW = X.T.dot(dscores) + 2 * reg * W
    return loss, dW


def l1_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(|W|).

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape. Where an entry is 0 any slope between
        -strength and strength is right.
    """
    return strength * np.sum(np.abs(W)), strength * np.sign(W)


def l2_penalty(W: Array, strength: float) -> tuple[float, Array]:
    """Penalty strength * sum(W^2): no factor 1/2, no root.

    Args:
        W: weights of any shape.
        strength: factor in front of the sum.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    return strength * np.sum(W * W), 2 * strength * W


def elastic_net_penalty(W: Array, l1: float, l2: float) -> tuple[float, Array]:
    """Sum of an L1 penalty of strength l1 and an L2 penalty of strength l2.

    Returns:
        The penalty, and its gradient with respect to W, of W's shape.
    """
    loss1, dW1 = l1_penalty(W, l1)
    loss2, dW2 = l2_penalty(W, l2)
    return loss1 + loss2, dW1 + dW2


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
    features = np.zeros((N, C * bins))
    for n in range(N):
        for c in range(C):
            hist, _ = np.histogram(images[n, c], bins=bins, range=(0, 1))
            features[n, c * bins : (c + 1) * bins] = hist / (H * W)
    return features


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
    bestloss = float("inf")
    bestW = None
    for num in range(trials):
        W = rng.standard_normal(shape)  # generate random parameters
        l = loss(W.copy())
        if bestW is None or l < bestloss:  # keep track of the best solution
            bestloss = l
            bestW = W
    return bestW, bestloss


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
        num_train = X.shape[0]
        loss_history = []
        for it in range(num_iters):
            batch_indices = rng.choice(num_train, batch_size)
            X_batch = X[batch_indices]
            y_batch = y[batch_indices]

            # evaluate loss and gradient
            loss, grad = self.loss(self.W, X_batch, y_batch, reg)
            loss_history.append(loss)

            # perform parameter update
            self.W = self.W - learning_rate * grad
        return loss_history

    def predict(self, X: Array) -> Array:
        """The class with the highest score for each row of X (N, D): integers (N,)."""
        scores = X.dot(self.W)
        y_pred = np.argmax(scores, axis=1)
        return y_pred
