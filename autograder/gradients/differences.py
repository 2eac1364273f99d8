"""Differences of a function's outputs to both sides of a point, and how exact they can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.gradients.directions import Direction
from autograder.gradients.function import Function
from autograder.gradients.types import Array

# How many roundings (in the unit of `Differences.rounding`) a slope may be off. Measured on the right code of
# tests/benchmarks/gradients.py: with 1 none of it is rejected, with 0.5 the first. The rest is for
# functions that add up more numbers than those do, and costs nothing: mistakes are larger by many powers of
# ten.
ROUNDINGS = 16.0
# Memory for one exchange of perturbed inputs and outputs, in bytes: large enough that the exchange costs
# little beside the evaluations in it, small enough for the wire and for the caches of a processor.
BATCH_BYTES = 4_000_000


def best_step(eps: float) -> float:
    """Return the step of a central difference, relative to the scale of a direction, in a precision."""
    return float(eps ** (1 / 3))


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


@dataclass(frozen=True)
class Differences:
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
        probabilities, 1. So slopes below 1e-11 pass for 0, in double precision.
        """
        largest = np.max(np.abs(self.point.x), initial=1.0)
        sizes: Array = np.maximum(np.abs(self.point.base.ravel()), largest)
        return sizes

    def noise(self) -> Array:
        """Roundings of each output as they show in its slope, (n, s, m); none where nothing moved."""
        base = self.point.base.ravel()
        moved = (self.ahead != base) | (self.behind != base)
        noise: Array = ROUNDINGS * self.point.eps * self.sizes() * moved / self.lengths[..., None]
        return noise

    def rounding(self, slopes: Array) -> Array:
        """Roundings as they show in the slope of sum(upstream * f), (n, s).

        Outputs are rounded independently of each other, so their errors add up like those of random
        numbers. Where no output moved, one may have been too saturated to show it (a sigmoid at 40, whose
        slope is 4e-18): its rounding is the floor. The last part is the rounding of the step itself.

        Args:
            slopes: of sum(upstream * f), (n, s).
        """
        weight = np.abs(self.point.upstream.ravel())
        outputs = np.linalg.norm(self.noise() * weight, axis=-1)
        floor = ROUNDINGS * self.point.eps * np.max(self.sizes() * weight, initial=0.0) / self.lengths
        step = ROUNDINGS * self.point.eps / self.steps * np.abs(slopes)
        rounding: Array = np.maximum(outputs, floor) + step
        return rounding


def differences(
    point: Point, directions: Sequence[Direction], sweep: Sequence[float]
) -> Iterator[Differences]:
    """Evaluate around the point, as many directions at once as memory allows; at least once."""
    steps = best_step(point.eps) * np.array(sweep)
    one = 2 * len(sweep) * 8 * (point.x.size + point.base.size + 1)
    many = max(1, BATCH_BYTES // one)
    for start in range(0, max(1, len(directions)), many):
        some = directions[start : start + many]
        outputs = point.function.values(moved_inputs(point.x, some, steps), point.base)
        yield differences_from(point, some, steps, outputs)


def moved_inputs(x: Array, directions: Sequence[Direction], steps: Array) -> list[Array]:
    """Return x moved along every direction by every step, first ahead, then back."""
    signed = np.concatenate([steps, -steps])
    return [direction.moved(x, step) for direction in directions for step in signed]


def differences_from(
    point: Point, directions: Sequence[Direction], steps: Array, outputs: Array
) -> Differences:
    """Put together the outputs, (2 * n * s, m), that belong to `moved_inputs`."""
    ahead, behind = outputs.reshape(len(directions), 2, len(steps), point.base.size).swapaxes(0, 1)
    lengths = np.outer([direction.scale for direction in directions], steps)
    return Differences(point, lengths, steps, ahead, behind)
