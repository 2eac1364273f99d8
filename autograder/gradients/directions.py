"""Where to move the input: along one entry, or along all of them at once."""

from dataclasses import dataclass

import numpy as np

from autograder.gradients.types import Array, Indices


@dataclass(frozen=True)
class Direction:
    """A straight line through the input.

    Attributes:
        where: flat positions of the entries that move, (k,).
        weights: how fast each of them moves, (k,).
        scale: the length of a unit step.
    """

    where: Indices
    weights: Array
    scale: float

    def moved(self, x: Array, step: float) -> Array:
        """A copy of x, `step * scale` further along this direction."""
        there = x.copy()
        there.reshape(-1)[self.where] += step * self.scale * self.weights
        return there

    def slope(self, gradient: Array) -> float:
        """The slope along this direction that a gradient, shaped like x, claims."""
        return float(gradient.reshape(-1)[self.where] @ self.weights)


def along_entries(x: Array, indices: Indices) -> list[Direction]:
    """Move one entry at a time, in units of max(1, its absolute value).

    Args:
        x: the input, any shape.
        indices: flat positions of the entries, (n,).
    """
    scales = np.maximum(1.0, np.abs(x.reshape(-1)[indices]))
    return [Direction(indices[[i]], np.ones(1), float(scale)) for i, scale in enumerate(scales)]


def random_direction(x: Array, where: Indices, rng: np.random.Generator) -> Direction:
    """Move all of the given entries, each up or down by its own random amount.

    The weights have random signs, so that errors of equal sign do not hide a wrong entry, and random sizes,
    so that two errors of equal size do not cancel. They are of length 1 for entries of up to 1, so that the
    output moves about as far as it does along one entry.
    """
    entries = x.reshape(-1)[where]
    weights = rng.choice([-1.0, 1.0], where.size) * rng.uniform(0.5, 1.5, where.size)
    weights *= np.maximum(1.0, np.abs(entries)) / np.sqrt(where.size)
    return Direction(where, weights, 1.0)
