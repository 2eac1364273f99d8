"""What a diagnosis may look at: the wrong gradient beside the slopes that were measured."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from autograder.gradients.directions import along_entries
from autograder.gradients.judge import Verdict
from autograder.gradients.slopes import jacobian
from autograder.gradients.types import Array

# How far a claimed value may be from the one that a cause predicts, as a share of it and as a share of the
# largest slope. Quick slopes are better than this by far, except in single precision, where the tolerance
# that was measured comes on top; and different mistakes seldom give values as close as this in every entry.
ALIKE = 1e-3
ALIKE_FLOOR = 1e-5
# Contributions of single outputs are many, so that one of them is often near a value by chance: be strict.
ALIKE_PART = 1e-5
# Memory for the contributions of single outputs, in numbers.
PARTS = 1_000_000
# So many wrong entries are enough to see of what parts they consist.
PART_ENTRIES = 48


class Evidence:
    """A gradient beside measured slopes, without entries at kinks, where several values are right.

    Attributes:
        point: where, and of what function.
        gradient: the claimed gradient, shaped like point.x or not.
        indices: flat positions of the measured entries, (n,).
        slopes: what was measured there, (n,) each.
        measured: the slopes themselves, (n,).
        wrong: which of them are wrong, (n,).
        complete: whether every entry was measured.
        size: the largest measured slope.
        is_zero: where the measured slope can't be told from 0, (n,).
    """

    def __init__(self, verdict: Verdict) -> None:
        keep = ~verdict.slopes.kinked & np.isfinite(verdict.slopes.values)
        self.point, self.gradient = verdict.point, verdict.gradient
        self.indices = verdict.indices[keep]
        self.slopes = verdict.slopes.at(keep)
        self.measured = self.slopes.values
        self.wrong = verdict.wrong[keep]
        self.complete = self.indices.size == self.point.x.size
        self.size = float(np.max(np.abs(self.measured), initial=0.0))
        self.is_zero = np.abs(self.measured) <= self.slopes.tolerances + ALIKE_FLOOR * self.size

    @cached_property
    def claimed(self) -> Array:
        """The gradient's values where slopes were measured, (n,)."""
        return self.at(self.gradient)

    @property
    def missing(self) -> Array:
        """What the gradient lacks there, (n,)."""
        return self.measured - self.claimed

    def at(self, array: Array) -> Array:
        """The values of an array, shaped like point.x, where slopes were measured, (n,)."""
        return array.reshape(-1)[self.indices]

    def alike(self, one: Array, other: Array) -> npt.NDArray[np.bool_]:
        """Where two arrays, (n,), hold the same values as far as can be told."""
        slack = self.slopes.tolerances + ALIKE * np.abs(other) + ALIKE_FLOOR * self.size
        return np.abs(one - other) <= slack

    def explains(self, candidate: Array) -> bool:
        """Whether a candidate, (n,), is what the gradient claims, in every entry."""
        return bool(self.alike(self.claimed, candidate).all())

    def parts(self) -> tuple[Array, Array, Array]:
        """What single outputs contribute to some of the wrong entries.

        Returns:
            The claimed values there, (k,), the contributions, (k, *output's shape), and the errors that
            these may have, (k,).
        """
        fit = max(1, PARTS // max(1, self.point.base.size))
        some = np.flatnonzero(self.wrong)[: min(PART_ENTRIES, fit)]
        directions = along_entries(self.point.x, self.indices[some])
        contributions = jacobian(self.point, directions) * self.point.upstream.ravel()
        slack = self.slopes.tolerances[some] + ALIKE_PART * np.abs(self.claimed[some])
        return self.claimed[some], contributions.reshape(some.size, *self.point.base.shape), slack
