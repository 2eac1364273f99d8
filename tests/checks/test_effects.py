"""Arguments left alone."""

import numpy as np
import pytest

from autograder.checks import unchanged


def test_reading_is_allowed():
    x = np.arange(4.0)
    with unchanged(x=x):
        x.sum()


def test_the_array_that_changed_is_named():
    W, X = np.ones(3), np.ones((2, 3))
    with (
        pytest.raises(AssertionError, match=r"^X was changed in place \(2 of 6 entries\)"),
        unchanged(W=W, X=X),
    ):
        X[:, 1] -= 1


def test_an_exception_within_is_not_hidden():
    x = np.ones(3)
    with pytest.raises(ZeroDivisionError), unchanged(x=x):
        x[0] = 1 / 0
