"""Where numbers first stop being finite."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def not_finite(numbers: NDArray[Any], what: str) -> str:
    """Say which entry of an array is the first that is nan or inf; empty where all are finite.

    Args:
        numbers: real numbers.
        what: what they are called.

    Example:
        >>> not_finite(np.array([[1.0, np.nan], [np.inf, 2.0]]), "dx")
        'dx[0, 1] is nan (2 of 4 entries are not finite)'
        >>> not_finite(np.array(-np.inf), "the loss")
        'the loss is -inf'
    """
    bad = ~np.isfinite(numbers)
    if not bad.any():
        return ""
    first = np.unravel_index(bad.argmax(), numbers.shape)
    where = f"[{', '.join(str(int(i)) for i in first)}]" if numbers.ndim else ""
    share = f" ({bad.sum()} of {numbers.size} entries are not finite)" if numbers.ndim else ""
    return f"{what}{where} is {numbers[first]}{share}"
