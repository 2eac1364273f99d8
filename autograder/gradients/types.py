"""Types that all files of the gradient check share."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
#: What student code returns may be anything.
StudentFunction = Callable[[Array], object]
Gradient = npt.ArrayLike | Callable[[Array, Array], object]

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
