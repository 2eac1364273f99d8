"""Item 14: where all labels are equal, a gradient check says first what is certain."""

import numpy as np
import pytest

from autograder import assert_gradient

_X = np.random.default_rng(0).standard_normal((8, 3))


def _probabilities(x: np.ndarray) -> np.ndarray:
    powers = np.exp(x)
    return powers / powers.sum(axis=1, keepdims=True)


def message(labels: np.ndarray) -> str:
    """What is said of a softmax loss whose gradient lacks the -1 at the labels."""

    def loss(x: np.ndarray) -> float:
        return float(-np.log(_probabilities(x)[np.arange(8), labels]).mean())

    with pytest.raises(AssertionError) as raised:
        assert_gradient(loss, _X, _probabilities(_X) / 8, name="dx", rng=np.random.default_rng(0))
    return str(raised.value)


def test_labels_that_differ_are_told_well() -> None:
    assert "8 entries are off by 0.125" in message(np.arange(8) % 3)


def test_equal_labels_are_told_as_well() -> None:
    said = message(np.zeros(8, dtype=int))
    assert "off by 0.125" in said
    assert "variance" not in said.partition("off by 0.125")[0]
