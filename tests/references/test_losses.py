"""The reference of `losses` against SciPy, scikit-learn and numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.differentiate import derivative
from scipy.optimize import approx_fprime
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import hinge_loss, log_loss

from autograder.data import split_digits

seeds = st.integers(0, 2**32 - 1)


@pytest.fixture
def problem():
    rng = np.random.default_rng(3)
    return rng.standard_normal((5, 4)), rng.standard_normal((9, 5)), rng.integers(4, size=9)


def test_numerical_gradient_agrees_with_scipys(losses):
    rng = np.random.default_rng(0)
    A, x = rng.standard_normal((6, 6)), rng.standard_normal(6)

    def f(z):
        return float(np.sin(A @ z).sum())

    expected = A.T @ derivative(np.sin, A @ x).df
    np.testing.assert_allclose(losses.numerical_gradient(f, x), expected, rtol=1e-8)


def test_relative_error_worked_numbers(losses):
    assert losses.relative_error(np.array([0.0, 0.0]), np.array([0.0, 1e-9])) == 0.1
    assert losses.relative_error(np.array([3.0]), np.array([-3.0])) == 1


def test_hinge_worked_numbers(losses):
    frog = np.array([[2.2, 2.5, -3.1]])
    assert losses.svm_loss(frog, np.array([2]))[0] == pytest.approx(6.3 + 6.6)
    assert losses.svm_loss(np.zeros((4, 10)), np.arange(4))[0] == 9


@given(seeds)
@settings(max_examples=30)
def test_hinge_of_two_classes_agrees_with_scikit_learn(losses, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((20, 2)), rng.permutation(np.arange(20) % 2)
    assert losses.svm_loss(x, y)[0] == pytest.approx(hinge_loss(y, x[:, 1] - x[:, 0]))


@given(seeds, st.floats(-3000, 3000))
@settings(max_examples=30)
def test_cross_entropy_agrees_with_scipy_and_scikit_learn(losses, seed, shift):
    rng = np.random.default_rng(seed)
    x, y = 3 * rng.standard_normal((20, 5)), rng.integers(5, size=20)
    p = np.exp(log_softmax(x, axis=1))
    loss, dx = losses.softmax_loss(x + shift, y)
    assert loss == pytest.approx(log_loss(y, p, labels=range(5)), abs=1e-9)
    np.testing.assert_allclose(dx, (p - np.eye(5)[y]) / 20, atol=1e-10)


@pytest.mark.parametrize("name", ["svm_loss", "softmax_loss"])
@pytest.mark.parametrize("reg", [0.0, 2.0])
def test_losses_of_weights_are_those_of_scores_plus_the_penalty(losses, problem, name, reg):
    W, X, y = problem
    expected = getattr(losses, name)(X @ W, y)[0] + reg * np.linalg.norm(W) ** 2
    for form in ("naive", "vectorized"):
        loss, dW = getattr(losses, f"{name}_{form}")(W, X, y, reg)
        assert loss == pytest.approx(expected)

        def of_flat_weights(w, form=form):
            return getattr(losses, f"{name}_{form}")(w.reshape(W.shape), X, y, reg)[0]

        slopes = approx_fprime(W.ravel(), of_flat_weights, 1e-7).reshape(W.shape)
        np.testing.assert_allclose(dW, slopes, atol=1e-5)


@given(seeds)
@settings(max_examples=30)
def test_naive_and_vectorized_agree(losses, seed):
    rng = np.random.default_rng(seed)
    N, D, C = rng.integers([1, 1, 2], [8, 6, 6])
    W, X, y = rng.standard_normal((D, C)), rng.standard_normal((N, D)), rng.integers(C, size=N)
    for name in ("svm_loss", "softmax_loss"):
        slow = getattr(losses, f"{name}_naive")(W, X, y, 0.3)
        fast = getattr(losses, f"{name}_vectorized")(W, X, y, 0.3)
        assert slow[0] == pytest.approx(fast[0])
        np.testing.assert_allclose(slow[1], fast[1], atol=1e-12)


def test_penalties_worked_numbers(losses):
    peaked, spread = np.array([0.0, 0.0, 0.0, 1.0]), np.full(4, 0.25)
    assert losses.l1_penalty(peaked, 1.0)[0] == losses.l1_penalty(spread, 1.0)[0] == 1
    assert (losses.l2_penalty(peaked, 1.0)[0], losses.l2_penalty(spread, 1.0)[0]) == (1, 0.25)
    value, gradient = losses.elastic_net_penalty(np.array([-2.0, 1.0]), 0.5, 3.0)
    assert value == 0.5 * 3 + 3 * 5
    np.testing.assert_array_equal(gradient, [-0.5 - 12, 0.5 + 6])


@given(seeds, st.integers(1, 20))
@settings(max_examples=20)
def test_histograms_sum_to_one_and_count_what_is_below(losses, seed, bins):
    images = np.random.default_rng(seed).random((2, 3, 5, 4))
    features = losses.color_histogram(images, bins).reshape(2, 3, bins)
    edges = np.arange(1, bins) / bins
    below = (images.reshape(2, 3, 20, 1) < edges).mean(axis=2)
    np.testing.assert_allclose(features.cumsum(axis=2)[..., :-1], below)
    np.testing.assert_allclose(features.sum(axis=2), 1)


def test_random_search_finds_the_best_draw(losses):
    draws = np.random.default_rng(7).standard_normal((30, 2, 2))
    W, loss = losses.random_search(lambda W: float(W[0, 0]), (2, 2), 30, np.random.default_rng(7))
    np.testing.assert_array_equal(W, draws[draws[:, 0, 0].argmin()])
    assert loss == draws[:, 0, 0].min()


def test_classifier_comes_close_to_scikit_learns(losses):
    rng = np.random.default_rng(0)
    train, held_out = split_digits(rng)
    X, X_new = (data.images.reshape(len(data.images), -1) - 0.5 for data in (train, held_out))
    ours = losses.LinearClassifier(losses.softmax_loss_vectorized)
    ours.train(X, train.labels, 0.5, 1e-4, 1500, 100, rng)
    theirs = LogisticRegression(max_iter=300).fit(X, train.labels)
    share = (ours.predict(X_new) == held_out.labels).mean()
    assert share == pytest.approx(theirs.score(X_new, held_out.labels), abs=0.03)
    assert (ours.predict(X_new) == theirs.predict(X_new)).mean() > 0.95
