"""Hold a gradient that agrees with its function against the function as it should be.

A function that answers the same to every small move has a gradient of zeros, and the two agree. Only what
the function should be tells that neither is right. One that is wrong stays its own judge: that mistake
costs in a check of values.
"""

import numpy as np

from autograder.gradients.differences import Point
from autograder.gradients.directions import random_direction
from autograder.gradients.function import Function
from autograder.gradients.judge import judge_along
from autograder.gradients.plan import Plan
from autograder.gradients.precision import DOUBLE
from autograder.gradients.types import Array, StudentFunction, UnjudgeableError

# Random directions over all entries: a gradient that is wrong somewhere is wrong along all of them.
DIRECTIONS = 4
# How far slopes may be off, as a share of what they should be, where the function's value is right; and by
# how much more where that is off, in units of its own error. A mistake that hardly shows in a loss, such as a
# penalty on biases, may change its slopes altogether: from an error of 1e-5 on, far above rounding, the
# function counts as wrong, and its slopes are its own affair.
EXACT, PER_ERROR = 1e-3, 1e5
# A gradient smaller than this share of what it should be belongs to a function that stands still.
STILL = 1e-3


def refuse_other_function(documented: StudentFunction, point: Point, gradient: Array, plan: Plan) -> None:
    """Refuse a gradient whose function is not what it pretends to be at the point itself.

    Args:
        documented: the function as it should be.
        point: where the gradient was found to agree with the function under test.
        gradient: this gradient.
        plan: what was drawn for it; from its order follow the directions, so that no more numbers are drawn.

    Raises:
        UnjudgeableError: `impure`, where the function is right at the point and not beside it, or stands
            still where it should not.
    """
    right = Function(documented)
    base = np.asarray(right([point.x.copy()])[0], np.float64)
    rng, everywhere = np.random.default_rng(plan.order), np.arange(point.x.size)
    directions = [random_direction(point.x, everywhere, rng) for _ in range(DIRECTIONS)]
    upstream = np.resize(point.upstream, base.shape)
    slopes, wrong = judge_along(Point(right, point.x, base, upstream, DOUBLE), gradient, directions)
    if not wrong.any():
        return
    claimed = np.array([direction.slope(gradient) for direction in directions])
    size = np.linalg.norm(slopes.values[wrong])
    if np.linalg.norm(claimed[wrong]) < STILL * size:
        raise UnjudgeableError(
            "impure",
            "The function's output stays the same where it should change. The gradient of a constant is 0, "
            "which says nothing about this one.",
        )
    off = (np.abs(claimed - slopes.values) - slopes.tolerances - slopes.between)[wrong]
    error = _error(point.base, base)
    if np.linalg.norm(off) > (EXACT + PER_ERROR * (error + point.eps)) * size:
        raise UnjudgeableError(
            "impure",
            "The function is right at the input itself, but not beside it: "
            "does it answer otherwise while its slope is measured?",
        )


def _error(found: Array, right: Array) -> float:
    """The error of a value, as a share of it; infinite where the sizes differ."""
    if found.size != right.size:
        return np.inf
    off = np.linalg.norm(found.ravel() - right.ravel())
    return float(off / np.linalg.norm(right)) if off else 0.0
