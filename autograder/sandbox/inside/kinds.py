"""What a value that is no plain data is called."""

from typing import Any

import numpy as np


def name_of(value: Any) -> str:
    """Return the name of a value's class; of an array the type of its entries, which says more."""
    if isinstance(value, np.ndarray):
        return f"array of type {value.dtype}"[:100]
    return type(value).__name__[:100]
