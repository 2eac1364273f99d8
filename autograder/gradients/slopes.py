"""Slopes along directions, each with the error that it may have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from autograder.gradients.differences import Differences, Point, differences
from autograder.gradients.directions import Direction
from autograder.gradients.types import Array


@dataclass
class Slopes:
    """Measured slopes of sum(upstream * f) along n directions.

    Attributes:
        values: the slopes, (n,); nan where the function is not finite beside the point.
        tolerances: how far they may be off, (n,).
        between: half the distance between left and right slope where they stay apart, and else 0, (n,).
        inner: the part of the slope that belongs to kinked outputs, (n,).
        of_ones: the slopes of sum(f), as if upstream were all ones, (n,).
    """

    values: Array
    tolerances: Array
    between: Array
    inner: Array
    of_ones: Array

    @property
    def kinked(self) -> npt.NDArray[np.bool_]:
        """Where left and right slope stay apart, (n,)."""
        return self.between > 0

    def agree(self, claimed: Array) -> npt.NDArray[np.bool_]:
        """Where claimed slopes, (n,), are right. What could not be measured is not held against them.

        At a kink any value between the left and the right slope is right. Where kinks of several units
        within a function coincide (ReLUs of a hidden layer, all at 0), so are the slopes with none and with
        all of these units open, which need not lie between: each unit is closed on one side of the kink.
        """
        distance = np.abs(claimed - self.values)
        closed_or_open = self.kinked & (np.abs(distance - np.abs(self.inner)) <= self.tolerances)
        right: npt.NDArray[np.bool_] = ~(distance > self.tolerances + self.between) | closed_or_open
        return right

    def replace(self, where: npt.NDArray[np.intp], better: "Slopes") -> None:
        """Put better measurements at some of the positions."""
        for column, values in vars(better).items():
            getattr(self, column)[where] = values

    def at(self, keep: npt.NDArray[np.bool_]) -> "Slopes":
        """Some of the slopes."""
        return Slopes(**{column: values[keep] for column, values in vars(self).items()})

    @classmethod
    def join(cls, parts: "Iterable[Slopes]") -> "Slopes":
        """Put the slopes of several groups of directions, at least one group, behind each other."""
        columns = zip(*(vars(part).values() for part in parts), strict=True)
        return cls(*(np.concatenate(column) for column in columns))


def quick_slopes(point: Point, directions: Sequence[Direction]) -> Slopes:
    """Measure with one step each. The tolerance is that of rounding alone, so that agreement proves much.

    Args:
        point: where to measure.
        directions: along what, n of them.

    Returns:
        The slopes, (n,) each. Kinks are not looked for.
    """
    return Slopes.join(map(slopes_of, differences(point, directions, (1.0,))))


def jacobian(point: Point, directions: Sequence[Direction]) -> Array:
    """The slope of each output along each direction, (len(directions), base.size), with one step each."""
    return np.concatenate([each.central()[:, 0] for each in differences(point, directions, (1.0,))])


def slopes_of(differences: Differences) -> Slopes:
    """The quick slopes that differences with one step show."""
    outputs = differences.central()
    slopes = outputs @ differences.point.upstream.ravel()
    tolerances = differences.rounding(slopes)
    nothing = np.zeros(len(slopes))
    return Slopes(slopes[:, 0], tolerances[:, 0], nothing, nothing.copy(), outputs[:, 0].sum(axis=-1))
