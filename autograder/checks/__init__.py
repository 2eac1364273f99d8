"""What a check's author needs: comparisons whose messages a student can use."""

from autograder.checks.comparison import (
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_shape,
    figure,
)
from autograder.checks.effects import unchanged
from autograder.checks.predictions import accuracy

__all__ = [
    "accuracy",
    "assert_at_least",
    "assert_at_most",
    "assert_close",
    "assert_shape",
    "figure",
    "unchanged",
]
