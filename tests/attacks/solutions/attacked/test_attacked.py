"""Checks of the topic that is attacked; every hidden one holds the word that must not get out."""

import numpy as np
import pytest

from autograder.checks import assert_close


@pytest.mark.points(2)
def test_mean(student):
    """The mean of three"""
    assert student.mean(np.array([1.0, 2.0, 6.0])) == 3.0


### BEGIN HIDDEN TESTS
WORD = "a-word-that-must-not-get-out"


@pytest.mark.points(2)
def test_mean_of_many(student, rng, reference):
    """The mean of many"""
    x = rng.normal(size=50)
    assert_close(student.mean(x), reference.mean(x), what=WORD)


@pytest.mark.points(2)
def test_relu(student, rng):
    """Forward and backward"""
    x, dout = rng.normal(size=(2, 6, 5))
    out, cache = student.relu_forward(x)
    assert_close(out, np.maximum(x, 0), what=WORD)
    assert_close(student.relu_backward(dout, cache), dout * (x > 0), what=WORD)


@pytest.mark.points(2)
def test_relu_large(student, rng):
    """Backward is worked out, not measured"""
    x, dout = rng.normal(size=(2, 60_000))
    _, cache = student.relu_forward(x)
    assert_close(student.relu_backward(dout, cache), dout * (x > 0), what=WORD)


@pytest.mark.points(2)
def test_lowest(student, rng):
    """The lowest of ten"""
    secret = rng.normal(size=10)
    found = student.lowest(lambda i: float(secret[i]), list(range(10)))
    assert found == int(np.argmin(secret)), WORD


@pytest.mark.points(2)
def test_predictions(student, rng):
    """Held-out rows"""
    x = rng.normal(size=(40, 3))
    labels = (x.sum(axis=1) > 0).astype(int)
    assert np.mean(np.asarray(student.predict(x)) == labels) > 0.9, WORD


### END HIDDEN TESTS
