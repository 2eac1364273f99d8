"""Inputs that tell a wrong mutant of `losses.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, scales and types beyond those of the checks; ties
and kinks stay out. What is returned is compared with the reference's answers by `autograder prove`.
"""

import numpy as np

from autograder.proof import equivalent

WEIGHT_LOSSES = ("svm_loss_naive", "svm_loss_vectorized", "softmax_loss_naive", "softmax_loss_vectorized")

START = "self.W = 0.001 * rng.standard_normal((X.shape[1], int(y.max()) + 1))"
SMALL = "training starts from small random weights; how small and from which distribution is left open"

EQUIVALENT = [
    equivalent("LinearClassifier", START, START.replace("0.001", "0.002"), SMALL),
    equivalent("LinearClassifier", START, START.replace("standard_normal", "random"), SMALL),
]


def probe_numerical_gradient(student, rng):
    """numerical_gradient: steps, scales, shapes, a 0-d array."""
    for shape in [(), (3,), (2, 3), (2, 1, 2)]:
        x = rng.normal(scale=10 ** rng.uniform(-1, 1), size=shape)
        for arguments in [(), (1e-2,), (1e-6,)]:
            student.numerical_gradient(lambda z: float(np.sin(z).sum() + (z**3).sum()), x, *arguments)
    # Where the formula's own error, which depends on h, is most of the result.
    student.numerical_gradient(lambda z: 1e9 * float((z**3).sum()), 1e-5 * rng.standard_normal(4))


def probe_relative_error(student, rng):
    """relative_error: near and far, tiny and large."""
    for shape in [(1,), (7,), (3, 4), (2, 2, 2)]:
        a = rng.standard_normal(shape)
        for b in (a + 1e-3 * rng.standard_normal(shape), -a, rng.standard_normal(shape)):
            for scale in (1.0, 1e-8, 1e6):
                student.relative_error(scale * a, scale * b)
    student.relative_error(np.zeros(3), np.zeros(3))
    student.relative_error(np.zeros(2), np.array([0.0, 3e-9]))


def probe_svm_loss(student, rng):
    """svm_loss: shapes, scales."""
    scores_loss(student.svm_loss, rng)


def probe_softmax_loss(student, rng):
    """softmax_loss: the same, and scores beyond the range of exp."""
    scores_loss(student.softmax_loss, rng)
    for offset in (-5000.0, 800.0, 5000.0):
        x, y = rng.normal(scale=3, size=(6, 4)), rng.integers(4, size=6)
        x[::2] += offset
        student.softmax_loss(x, y)
    # The right class far ahead: exp of the lead overflows.
    student.softmax_loss(x + 1500.0 * (np.arange(4) == y[:, None]), y)


def probe_svm_loss_naive(student, rng):
    """svm_loss_naive: shapes, scales, penalties, integers."""
    weights_loss(student.svm_loss_naive, rng)


def probe_svm_loss_vectorized(student, rng):
    """svm_loss_vectorized: the same."""
    weights_loss(student.svm_loss_vectorized, rng)


def probe_softmax_loss_naive(student, rng):
    """softmax_loss_naive: the same, and scores beyond the range of exp."""
    weights_loss(student.softmax_loss_naive, rng)
    shifted_weights(student.softmax_loss_naive, rng)


def probe_softmax_loss_vectorized(student, rng):
    """softmax_loss_vectorized: the same."""
    weights_loss(student.softmax_loss_vectorized, rng)
    shifted_weights(student.softmax_loss_vectorized, rng)


def scores_loss(loss, rng):
    """Call a loss of scores (N, C)."""
    for shape in [(1, 2), (1, 9), (2, 2), (5, 3), (12, 6)]:
        for scale in (1e-3, 0.3, 3.0, 30.0):
            loss(rng.normal(scale=scale, size=shape), rng.integers(shape[1], size=shape[0]))


def weights_loss(loss, rng):
    """Call a loss of weights (D, C)."""
    for N, D, C in [(1, 1, 2), (1, 4, 3), (2, 3, 2), (7, 5, 6), (4, 4, 4)]:
        W, X, y = rng.standard_normal((D, C)), rng.standard_normal((N, D)), rng.integers(C, size=N)
        for reg, scale in [(0.0, 1.0), (0.37, 0.1), (50.0, 3.0)]:
            loss(scale * W, X, y, reg)
    X = rng.integers(0, 256, (6, 4))
    loss(0.013 * rng.standard_normal((4, 3)), X, rng.integers(3, size=6), 0.25)


def shifted_weights(loss, rng):
    """Call a loss of weights where scores are far apart."""
    W, X, y = rng.standard_normal((3, 4)), rng.standard_normal((5, 3)), rng.integers(4, size=5)
    loss(W + 2000 * rng.standard_normal((3, 1)), X, y, 0.0)
    lead = 1500.0 * np.eye(4)[:3]
    loss(W + lead, np.eye(3), np.arange(3), 0.0)


def probe_penalties(student, rng):
    """The penalties: shapes and strengths."""
    for shape in [(1,), (6,), (3, 4), (2, 2, 3)]:
        W = rng.normal(scale=2, size=shape)
        for l1, l2 in [(0.0, 1.0), (0.7, 0.0), (3.1, 0.2)]:
            student.l1_penalty(W, l1)
            student.l2_penalty(W, l2)
            student.elastic_net_penalty(W, l1, l2)
    # Any slope between -strength and strength is right at zero, but it must be a number.
    student.l1_penalty(np.zeros(2), 0.5)


def probe_color_histogram(student, rng):
    """color_histogram: sizes, numbers of bins, pale images, white ones."""
    for N, height, width in [(1, 1, 1), (2, 3, 5), (4, 6, 2)]:
        for bins in (1, 2, 7, 32):
            student.color_histogram(rng.uniform(size=(N, 3, height, width)), bins)
            student.color_histogram(0.3 + 0.1 * rng.uniform(size=(N, 3, height, width)), bins)
    student.color_histogram(np.ones((1, 3, 2, 2)), 4)


def probe_random_search(student, rng):
    """random_search: shapes, numbers of trials, either sign."""
    for shape in [(3,), (2, 3), (2, 2, 2)]:
        for trials in (1, 2, 15):
            for sign in (1.0, -1.0):
                student.random_search(lambda W, sign=sign: sign * float(np.sum(W**2)), shape, trials, rng)


def probe_training(student, rng):
    """LinearClassifier: every loss, batches of several sizes, training that goes on, predictions."""
    for name in WEIGHT_LOSSES:
        for N, D, C, batch_size in [(30, 4, 3, 7), (12, 3, 5, 12), (5, 2, 2, 1)]:
            X, y = rng.standard_normal((N, D)), rng.permutation(np.arange(N) % C)
            classifier = student.LinearClassifier(getattr(student, name))
            classifier.train(X, y, 0.1, 0.05, 6, batch_size, rng)
            classifier.W  # noqa: B018 - reading it is what is compared
            classifier.train(X, y, 0.02, 1.0, 3, batch_size, rng)
            classifier.predict(rng.standard_normal((11, D)))
