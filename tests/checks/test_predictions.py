"""Accuracy."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score

from autograder.checks import accuracy


@pytest.mark.parametrize("shape", [(40,), (1, 40)])
def test_agrees_with_scikit_learn(shape):
    rng = np.random.default_rng(0)
    labels, predictions = rng.integers(0, 3, (2, 40))
    assert accuracy(predictions.reshape(shape), labels) == accuracy_score(labels, predictions)
    assert accuracy(predictions.tolist(), labels) == accuracy_score(labels, predictions)


@pytest.mark.parametrize("predictions", [np.zeros((3, 1)), np.zeros(2), 0, None, ["a", "b", "c"]])
def test_refuses_what_would_broadcast(predictions):
    with pytest.raises(AssertionError, match=r"^the predictions "):
        accuracy(predictions, np.zeros(3, int))
