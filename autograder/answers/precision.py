"""Errors as large as rounding in less than double precision leaves them."""

import numpy as np

#: Roundings that may add up in one number.
_ROUNDINGS = 16
_NAMES = {"float16": "half precision (float16)", "float32": "single precision (float32)"}


def imprecise(kind: str, error: float, size: float) -> str:
    """Say that an error comes of rounding, where it is small enough; empty where it is not.

    Args:
        kind: the type that is known to have been used, such as "float32"; for another one, an error as small
            as float32 leaves is told as what it looks like.
        error: how far a number is off.
        size: how large the largest of the numbers is.

    Example:
        >>> imprecise("float16", 1e-3, 1.0)
        'That is rounding in half precision (float16): compute in double precision (float64).'
        >>> imprecise("float64", 1e-7, 1.0)
        'It looks like rounding in single precision (float32): compute in double precision (float64).'
    """
    known = kind in _NAMES
    kind = kind if known else "float32"
    if not 0 < error <= _ROUNDINGS * float(np.finfo(kind).eps) * size:
        return ""
    verb = "That is" if known else "It looks like"
    return f"{verb} rounding in {_NAMES[kind]}: compute in double precision (float64)."


def computed_in(kind: str, where: str = "") -> str:
    """Say that a function computes in a precision below double.

    Example:
        >>> computed_in("float16")
        'The function computes in half precision (float16): compute in double precision (float64).'
    """
    return f"The function computes in {_NAMES[kind]}{where}: compute in double precision (float64)."
