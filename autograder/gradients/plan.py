"""What is looked at first: entries and directions, drawn before the function is asked anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from autograder.gradients.differences import Point, best_step, differences_from, moved_inputs
from autograder.gradients.directions import Direction, along_entries, random_direction
from autograder.gradients.precision import DOUBLE
from autograder.gradients.slopes import Slopes, quick_slopes, slopes_of
from autograder.gradients.types import Array, Indices

# Up to this many entries all are checked: twice as many evaluations take about 15 ms in the sandbox.
ALL_ENTRIES = 256
# Of larger arrays so many are checked one by one, besides the random directions: enough to name a cause.
SAMPLE = 64
# Random directions over all entries of a larger array. One finds any wrong entry that is not tiny beside
# the norm of the gradient; the others are for the entries whose share in the first happened to be small.
DIRECTIONS = 4
# Bytes of moved inputs that go along with the first look, which saves an exchange. More would cost more time
# than the exchange takes, if the function turned out to compute in single precision and all were moved again.
AHEAD_BYTES = 1_000_000

STEP = np.array([best_step(DOUBLE)])


@dataclass(frozen=True)
class Plan:
    """The first measurements.

    Attributes:
        order: flat positions of all entries, shuffled.
        indices: flat positions of those that are measured one by one, sorted.
        directions: along these entries, and behind them random ones where not all entries are measured. They
            come last since inputs travel as differences from the first, and random ones differ everywhere.
    """

    order: Indices
    indices: Indices
    directions: list[Direction]

    @classmethod
    def draw(cls, x: Array, max_entries: int | None, rng: np.random.Generator) -> Self:
        """Draw a plan.

        Args:
            x: the input, any shape.
            max_entries: how many entries to measure one by one; None for all of a small array and a sample
                of a large one.
            rng: draws directions and samples.
        """
        if max_entries is None:
            max_entries = ALL_ENTRIES if x.size <= ALL_ENTRIES else SAMPLE
        sample = min(x.size, max(0, max_entries))
        order = rng.permutation(x.size)
        indices = np.sort(order[:sample])
        count = DIRECTIONS if sample < x.size else 0
        random = [random_direction(x, np.arange(x.size), rng) for _ in range(count)]
        return cls(order, indices, [*along_entries(x, indices), *random])

    def inputs(self, x: Array) -> list[Array]:
        """Return the moved inputs that a function in double precision needs; none if they are too many."""
        if 2 * len(self.directions) * x.nbytes > AHEAD_BYTES:
            return []
        return moved_inputs(x, self.directions, STEP)

    def slopes(self, point: Point, outputs: Sequence[npt.NDArray[np.generic]]) -> Slopes:
        """Return the quick slopes along the directions.

        Args:
            point: where.
            outputs: of the function at `inputs(point.x)`.
        """
        if point.eps != DOUBLE or not outputs:
            return quick_slopes(point, self.directions)
        values = np.array(outputs, np.float64).reshape(len(outputs), point.base.size)
        return slopes_of(differences_from(point, self.directions, STEP, values))
