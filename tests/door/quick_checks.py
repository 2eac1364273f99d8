"""A few quick checks of `losses`, for hand-ins that are right as a whole or not at all."""

import numpy as np
import pytest

from autograder.checks import assert_close


@pytest.mark.points(20)
def test_relative_error(student):
    """relative_error: 3 against 3.03"""
    error = student.relative_error(np.array([1.0, 3.0]), np.array([1.0, 3.03]))
    assert_close(error, 0.03 / 6.03, what="the error")


@pytest.mark.points(20)
def test_svm_loss(student):
    """svm_loss: a frog that looks like a car"""
    loss, _ = student.svm_loss(np.array([[2.2, 2.5, -3.1]]), np.array([2]))
    assert_close(loss, 12.9, what="the loss")


@pytest.mark.points(20)
def test_softmax_loss(student):
    """softmax_loss: scores whose probabilities one can see"""
    loss, dx = student.softmax_loss(np.log([[1.0, 2.0, 5.0]]), np.array([2]))
    assert_close(loss, -np.log(5 / 8), what="the loss")
    assert_close(dx, np.array([[1, 2, -3]]) / 8, what="dx")


@pytest.mark.points(20)
def test_penalties(student):
    """The penalties of two weights"""
    W = np.array([3.0, -4.0])
    assert_close(student.l1_penalty(W, 2.0)[0], 14.0, what="the L1 penalty")
    assert_close(student.l2_penalty(W, 2.0)[0], 50.0, what="the L2 penalty")
    assert_close(student.color_histogram(np.zeros((1, 3, 1, 1)), 1), np.ones((1, 3)), what="the histogram")


@pytest.mark.points(20)
def test_training(student, rng):
    """LinearClassifier: two steps of training, and predictions"""
    classifier = student.LinearClassifier(student.softmax_loss_vectorized)
    history = classifier.train(np.eye(4), np.arange(4), 0.1, 0.0, 2, 4, rng)
    assert_close(len(history), 2, what="the number of losses")
    assert_close(classifier.predict(np.eye(4)).shape, (4,), what="the shape of the predictions")
