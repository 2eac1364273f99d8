"""Slopes of a function by central differences, each with the error that it may have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from autograder.gradients.directions import Direction
from autograder.gradients.function import Function
from autograder.gradients.types import Array

__all__ = ["Point", "Slopes", "jacobian", "quick_slopes", "swept_slopes"]

# Steps in units of eps**(1/3), where a central difference balances its truncation error, which grows with the
# square of the step, against rounding, which grows with its inverse (Press et al., Numerical Recipes, 5.7).
# In double precision 6e-4 ... 6e-8: two decades up for functions whose large values drown small changes, two
# down for kinks and for functions that bend within 1e-3 (batch normalisation of inputs around 1e-3).
SWEEP = (100.0, 10.0, 1.0, 0.1, 0.01)
# How many roundings (in the unit of `_rounding`) a difference may be off.
# Measured: over the correct code of tests/benchmarks/gradients.py the largest was 5.1.
ROUNDINGS = 16.0
# Left and right slopes of a smooth function approach each other with the step, tenfold from one step to the
# next; at a kink they do not. The geometric mean of the two ratios, 0.1 and 1, tells them apart.
KINK_RATIO = 0.1**0.5
# Memory for one exchange of perturbed inputs and outputs, in bytes: large enough that the exchange costs
# little beside the evaluations in it, small enough for the wire and for the caches of a processor.
BATCH_BYTES = 4_000_000


@dataclass(frozen=True)
class Point:
    """Where slopes are measured.

    Attributes:
        function: the function under test.
        x: the input, any shape.
        base: the function's output there, any shape.
        upstream: the gradient that arrives from above, shaped like base.
        eps: machine epsilon of the precision in which the function computes.
    """

    function: Function
    x: Array
    base: Array
    upstream: Array
    eps: float

    @property
    def step(self) -> float:
        """The best step for a central difference, relative to the scale of a direction."""
        return float(self.eps ** (1 / 3))


@dataclass
class Slopes:
    """Measured slopes of sum(upstream * f) along n directions.

    Attributes:
        values: the slopes, (n,); nan where the function is not finite beside the point.
        tolerances: how far from them a right answer may be, (n,).
        kinked: where left and right slopes stay apart, (n,).
        of_ones: the slopes of sum(f), as if upstream were all ones, (n,).
    """

    values: Array
    tolerances: Array
    kinked: npt.NDArray[np.bool_]
    of_ones: Array

    def agree(self, claimed: Array) -> npt.NDArray[np.bool_]:
        """Where claimed slopes, (n,), are right. What could not be measured is not held against them."""
        return ~(np.abs(claimed - self.values) > self.tolerances)

    def replace(self, where: npt.NDArray[np.intp], better: "Slopes") -> None:
        """Put better measurements at some of the positions."""
        self.values[where] = better.values
        self.tolerances[where] = better.tolerances
        self.kinked[where] = better.kinked
        self.of_ones[where] = better.of_ones

    @classmethod
    def join(cls, parts: "Sequence[Slopes]") -> "Slopes":
        """Put the slopes of several groups of directions behind each other."""
        nothing = cls(np.empty(0), np.empty(0), np.empty(0, bool), np.empty(0))
        columns = zip(*(vars(part).values() for part in (nothing, *parts)), strict=True)
        return cls(*(np.concatenate(column) for column in columns))


def quick_slopes(point: Point, directions: Sequence[Direction]) -> Slopes:
    """Measure with one step each. The tolerance is that of rounding alone, so that agreement proves much.

    Args:
        point: where to measure.
        directions: along what, n of them.

    Returns:
        The slopes, (n,) each. Kinks are not looked for.
    """
    return Slopes.join([_quick(differences) for differences in _batches(point, directions, (1.0,))])


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
    return Slopes.join([_best_pair(differences) for differences in _batches(point, directions, SWEEP)])


def jacobian(point: Point, directions: Sequence[Direction]) -> Array:
    """The slope of each output along each direction, (len(directions), base.size), with one step each."""
    parts = [differences.central()[:, 0] for differences in _batches(point, directions, (1.0,))]
    return np.concatenate([np.empty((0, point.base.size)), *parts])


@dataclass(frozen=True)
class _Differences:
    """Outputs to both sides of a point: n directions, s steps, m outputs.

    Attributes:
        point: where.
        lengths: the distance moved, (n, s).
        steps: the same relative to the scale of the direction, (s,).
        ahead: outputs ahead of the point, (n, s, m).
        behind: outputs behind it, (n, s, m).
    """

    point: Point
    lengths: Array
    steps: Array
    ahead: Array
    behind: Array

    def central(self) -> Array:
        """Slope of each output, (n, s, m)."""
        slopes: Array = (self.ahead - self.behind) / (2 * self.lengths[..., None])
        return slopes

    def gap(self) -> Array:
        """Distance between the left and the right slope of each output, (n, s, m)."""
        bend = self.ahead - 2 * self.point.base.ravel() + self.behind
        return np.abs(bend) / self.lengths[..., None]

    def sizes(self) -> Array:
        """How large the numbers are that are rounded on the way to each output, (m,).

        Rounding happens within the function too, where numbers are as large as its input or, in sums of
        probabilities, 1.
        """
        return np.maximum(np.abs(self.point.base.ravel()), np.max(np.abs(self.point.x), initial=1.0))

    def noise(self) -> Array:
        """One rounding of each output as it shows in its slope, (n, s, m); none where nothing moved."""
        base = self.point.base.ravel()
        moved = (self.ahead != base) | (self.behind != base)
        noise: Array = self.point.eps * self.sizes() * moved / self.lengths[..., None]
        return noise

    def rounding(self, slopes: Array) -> Array:
        """One rounding as it shows in the slope of sum(upstream * f), (n, s).

        Outputs are rounded independently of each other, so their errors add up like those of random
        numbers. Where no output moved, one may have been too saturated to show it (a sigmoid at 40, whose
        slope is 4e-18): its rounding is the floor. The last part is the rounding of the step itself.

        Args:
            slopes: of sum(upstream * f), (n, s).
        """
        weight = np.abs(self.point.upstream.ravel())
        outputs = np.linalg.norm(self.noise() * weight, axis=-1)
        floor = self.point.eps * np.max(self.sizes() * weight, initial=0.0) / self.lengths
        step = self.point.eps / self.steps * np.abs(slopes)
        return np.maximum(outputs, floor) + step


def _quick(differences: _Differences) -> Slopes:
    outputs = differences.central()
    slopes = outputs @ differences.point.upstream.ravel()
    tolerances = ROUNDINGS * differences.rounding(slopes)
    kinked = np.zeros(len(slopes), bool)
    return Slopes(slopes[:, 0], tolerances[:, 0], kinked, outputs[:, 0].sum(axis=-1))


def _best_pair(differences: _Differences) -> Slopes:
    outputs = differences.central()
    slopes = outputs @ differences.point.upstream.ravel()
    rounding = ROUNDINGS * differences.rounding(slopes)
    doubt = np.abs(np.diff(slopes, axis=1)) + rounding[:, 1:]
    doubt = np.where(np.isfinite(doubt), doubt, np.inf)
    rows = np.arange(len(slopes))
    best = doubt.argmin(axis=1)
    between = _between_slopes(differences, rows, best)
    return Slopes(
        np.where(np.isfinite(doubt[rows, best]), slopes[rows, best + 1], np.nan),
        doubt[rows, best] + between,
        between > 0,
        outputs[rows, best + 1].sum(axis=-1),
    )


def _between_slopes(
    differences: _Differences, rows: npt.NDArray[np.intp], best: npt.NDArray[np.intp]
) -> Array:
    """Half the distance between left and right slope of sum(upstream * f), by its kinked outputs, (n,)."""
    gap = differences.gap()
    large, small = gap[rows, best], gap[rows, best + 1]
    noise = 4 * ROUNDINGS * differences.noise()[rows, best + 1]
    kinked = (small > KINK_RATIO * large) & (small > noise)
    half: Array = np.where(kinked, small, 0.0) @ np.abs(differences.point.upstream.ravel()) / 2
    return half


def _batches(point: Point, directions: Sequence[Direction], sweep: Sequence[float]) -> Iterator[_Differences]:
    """Evaluate around the point, as many directions at once as memory allows."""
    steps = point.step * np.array(sweep)
    one = 2 * len(sweep) * 8 * (point.x.size + point.base.size + 1)
    many = max(1, BATCH_BYTES // one)
    for start in range(0, len(directions), many):
        yield _around(point, directions[start : start + many], steps)


def _around(point: Point, directions: Sequence[Direction], steps: Array) -> _Differences:
    signed = np.concatenate([steps, -steps])
    inputs = [direction.moved(point.x, step) for direction in directions for step in signed]
    outputs = point.function.values(inputs, point.base)
    ahead, behind = outputs.reshape(len(directions), 2, len(steps), point.base.size).swapaxes(0, 1)
    lengths = np.outer([direction.scale for direction in directions], steps)
    return _Differences(point, lengths, steps, ahead, behind)
