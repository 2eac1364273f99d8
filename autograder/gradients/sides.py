"""Which of the two is off, where a function and its gradient disagree."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from autograder.gradients.differences import Point

#: How far the function's value may be from the one that the check knows: as a share of it, and absolutely.
_CLOSE, _NEAR_ZERO = 1e-6, 1e-9
#: How closely the two factors must cancel, that of the value and that of the gradient.
_SAME_FACTOR = 1e-3


@dataclass(frozen=True)
class Value:
    """What a check knows of the function's value at the point where slopes are measured.

    Attributes:
        text: the value and what it should be, in words; empty where it is right.
        factor: the value as a multiple of what it should be; None where that is no single number.
    """

    text: str = ""
    factor: float | None = None

    def side(self, what: str, gradients_factor: float | None) -> str:
        """Say which of the two is off.

        Args:
            what: what the one that is off does, such as "has a sign wrong".
            gradients_factor: the claimed gradient as a multiple of the measured one, if it is one.
        """
        if not self.text:
            return f"the function's value is right, so the gradient {what}"
        both = None if self.factor is None or gradients_factor is None else self.factor * gradients_factor
        if both is not None and abs(both - 1) <= _SAME_FACTOR:
            return f"the function {what} ({self.text}), and the gradient is right"
        return f"look at the function first, since its value is off ({self.text})"


def value_at(point: Point, expected: npt.ArrayLike | None) -> Value | None:
    """Compare the function's value with the one that the check knows; None where it knows none."""
    if expected is None:
        return None
    wanted, found = np.asarray(expected, dtype=np.float64), point.base
    if wanted.shape != found.shape:
        return Value(f"it has shape {found.shape}, and should have shape {wanted.shape}")
    wrong = np.abs(found - wanted) > _NEAR_ZERO + _CLOSE * np.abs(wanted)
    if not wrong.any():
        return Value()
    if wanted.ndim:
        return Value(f"{wrong.sum()} of its {wanted.size} entries differ from what they should be")
    factor = float(found / wanted) if wanted else None
    return Value(f"it is {float(found):.4g}, and should be {float(wanted):.4g}", factor)


def either(what: str) -> str:
    """Say that one of the two is off, where nobody knows which."""
    return f"either the gradient or the function {what}"
