"""How good predictions are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.comparison import assert_shape


def accuracy(predictions: object, labels: NDArray[np.integer[Any]]) -> float:
    """Return the share of predictions that are right, in [0, 1].

    Args:
        predictions: what the student's function returned for N samples; (N,).
        labels: the true classes, (N,).

    Raises:
        AssertionError: the predictions are not N numbers.

    Example:
        >>> accuracy([2, 0, 1, 1], np.array([2, 0, 1, 0]))
        0.75
    """
    __tracebackhide__ = True
    return float(np.mean(assert_shape(predictions, labels.shape, what="the predictions") == labels))
