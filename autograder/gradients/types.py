"""Words that all files of the gradient check share."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = ["Array", "Cause", "Gradient", "Indices", "StudentFunction", "UnjudgeableError"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
StudentFunction = Callable[[Array], Any]
Gradient = npt.ArrayLike | Callable[[Array, Array], Any]

Cause = Literal[
    "scale",
    "sign",
    "transposed",
    "missing_upstream",
    "missing_mask",
    "missing_sum",
    "missing_term",
    "shape",
    "not_finite",
    "impure",
    "other",
]


class UnjudgeableError(Exception):
    """The slopes can't be compared; the message says why, in words for the student."""

    def __init__(self, cause: Cause, sentence: str, error: Exception | None = None) -> None:
        super().__init__(sentence)
        self.cause: Cause = cause
        self.error = error
