"""Slopes by a sweep of steps: as exact as the function allows, and with both sides of a kink."""

from collections.abc import Sequence

import numpy as np

from autograder.gradients.differences import Differences, Point, differences
from autograder.gradients.directions import Direction
from autograder.gradients.precision import DOUBLE
from autograder.gradients.slopes import Slopes
from autograder.gradients.types import Array, Indices

# Steps in units of eps**(1/3), where a central difference balances its truncation error, which grows with the
# square of the step, against rounding, which grows with its inverse ("Numerical Recipes", section 5.7).
# In double precision 6e-4 ... 6e-8: two decades up for functions whose large values drown small changes, two
# down for kinks and for functions that bend within 1e-3 (batch normalisation of inputs around 1e-3).
SWEEP = (100.0, 10.0, 1.0, 0.1, 0.01)
# The hundredfold step is for double precision. In single it is 0.5 and crosses so many kinks that two steps
# agree by chance: of the right gradients of a hinge loss and of a ReLU net 10 of 2,000 were rejected with
# it, and none of 4,000 without.
SINGLE_SWEEP = SWEEP[1:]
# Truncation shrinks a hundredfold from one step to the next. A pair of steps is believed if what smaller
# steps change is at most a tenth of what the pair disagrees by: then a kink between them did not make it
# agree by chance.
SHRINK = 0.1
# Left and right slope of a smooth function approach each other tenfold from one step to the next, those at
# a kink do not approach, those near a kink in between. Measured in single precision, where kinks are
# crossed most often: 0.3 rejects 12 of 4,000 right gradients of those two, 0.15 none.
KINK_RATIO = 0.15


def swept_slopes(point: Point, directions: Sequence[Direction]) -> Slopes:
    """Measure with a sweep of steps, and keep the pair of neighbours that agrees best.

    The tolerance is the disagreement of that pair, which bounds the truncation error of its smaller step a
    hundred times over, and its rounding error. At a kink half the distance between the left and the right
    slope comes on top, output by output, so that any value between the two is right.

    Args:
        point: where to measure.
        directions: along what, n of them.

    Returns:
        The slopes, (n,) each.
    """
    steps = SWEEP if point.eps == DOUBLE else SINGLE_SWEEP
    return Slopes.join(map(_best_pair, differences(point, directions, steps)))


def _best_pair(around: Differences) -> Slopes:
    outputs = around.central()
    upstream = around.point.upstream.ravel()
    slopes = outputs @ upstream
    doubt = _doubt(slopes, around.rounding(slopes))
    rows = np.arange(len(slopes))
    best = doubt.argmin(axis=1)
    chosen, tolerance = outputs[rows, best + 1], doubt[rows, best]
    gap = _gap_at_kinks(around, best)
    return Slopes(
        values=np.where(np.isfinite(tolerance), slopes[rows, best + 1], np.nan),
        tolerances=tolerance,
        between=gap @ np.abs(upstream) / 2,
        inner=(chosen * (gap > 0)) @ upstream,
        of_ones=chosen.sum(axis=-1),
    )


def _doubt(slopes: Array, rounding: Array) -> Array:
    """How far the smaller step of each pair may be off, (n, s - 1); infinite where the pair is not believed.

    Args:
        slopes: of sum(upstream * f) by step, the largest first, (n, s).
        rounding: the error that rounding may have made in them, (n, s).
    """
    change = np.abs(np.diff(slopes, axis=1))
    doubt = change + rounding[:, 1:]
    for pair in range(change.shape[1]):
        later = np.abs(slopes[:, pair + 2 :] - slopes[:, [pair + 1]])
        due = SHRINK * change[:, [pair]] + rounding[:, [pair + 1]] + rounding[:, pair + 2 :]
        doubt[(later > due).any(axis=1), pair] = np.inf
    return np.where(np.isfinite(doubt), doubt, np.inf)


def _gap_at_kinks(around: Differences, best: Indices) -> Array:
    """Distance between left and right slope of each output, 0 where it is smooth, (n, m).

    Steps smaller than the chosen ones count too: kinks on both sides of a point may balance each other.
    """
    gaps = around.gap()
    small = gaps[:, 1:]
    kinked = (small > KINK_RATIO * gaps[:, :-1]) & (small > around.noise()[:, 1:])
    chosen = np.arange(small.shape[1]) >= best[:, None]
    widest: Array = np.where(kinked & chosen[..., None], small, 0.0).max(axis=1)
    return widest
