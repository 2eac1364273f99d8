"""Many arrays of one shape, as they travel: mostly they differ from the first in few entries.

A gradient check moves one entry of an input at a time, and of a layer's output little changes then. So what
travels is the first array, and of the others only what is different, to the last bit.
"""

from typing import Any

import numpy as np

#: A stack is sent whole when more than this share of it differs: a position takes as much room as a number.
_SPARSE = 0.25
#: Bytes of a whole stack that travels in parts: two frames full.
_MOST_BYTES = 2**27


def thin(stack: np.ndarray) -> Any:
    """Return what to send for arrays stacked along the first axis: the stack, or a tuple of its parts."""
    bits = _as_bits(stack)
    if bits is None:
        return stack
    positions = np.flatnonzero(bits != bits[0])
    if positions.size > _SPARSE * stack.size:
        return stack
    return (stack[0], len(stack), positions, stack.reshape(-1)[positions])


def thicken(sent: Any) -> np.ndarray:
    """Return the stack again.

    Raises:
        ValueError: these are not the parts of a stack.
    """
    if isinstance(sent, np.ndarray):
        return sent
    first, count, positions, values = sent
    if not all(isinstance(part, np.ndarray) for part in (first, positions, values)) or type(count) is not int:
        raise ValueError("not a stack")
    if not 0 < count <= 10**6 or first.nbytes * count > _MOST_BYTES:
        raise ValueError("too large a stack")
    stack = np.repeat(first[np.newaxis], count, axis=0)
    if positions.dtype.kind != "i" or positions.shape != values.shape or positions.ndim != 1:
        raise ValueError("positions that do not fit")
    if positions.size and not 0 <= positions.min() <= positions.max() < stack.size:
        raise ValueError("positions outside the stack")
    stack.reshape(-1)[positions] = values.astype(stack.dtype, casting="same_kind")
    return stack


def _as_bits(stack: np.ndarray) -> np.ndarray | None:
    """Return the numbers' bits, since 0 equals -0 and NaN not itself; None where that is hard."""
    if (
        stack.dtype.kind not in "fiu"
        or stack.ndim < 2
        or not stack.flags.c_contiguous
        or stack.dtype.itemsize > 8
    ):
        return None
    return stack.reshape(len(stack), -1).view(f"u{stack.dtype.itemsize}")
