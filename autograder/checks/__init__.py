"""What a check's author needs: comparisons whose messages a student can use, and a loop for training."""

from autograder.checks.comparison import (
    assert_all_digits,
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_dtype,
    assert_equal,
    assert_shape,
    figure,
)
from autograder.checks.effects import assert_stored, unchanged
from autograder.checks.predictions import accuracy
from autograder.checks.training import train_until

__all__ = [
    "accuracy",
    "assert_all_digits",
    "assert_at_least",
    "assert_at_most",
    "assert_close",
    "assert_dtype",
    "assert_equal",
    "assert_shape",
    "assert_stored",
    "figure",
    "train_until",
    "unchanged",
]
