"""Compare a claimed gradient with measured slopes, spending evaluations only where there is doubt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from autograder.gradients.differences import Point
from autograder.gradients.directions import Direction, along_entries, random_direction
from autograder.gradients.plan import Plan
from autograder.gradients.slopes import Slopes, quick_slopes
from autograder.gradients.sweep import swept_slopes
from autograder.gradients.types import Array, Indices

# After a failure so many entries are measured, to say where and why, in about 0.1 s.
AFTER_FAILURE = 1024
# Doubtful entries are swept so many at a time, until one is found wrong.
SWEPT_AT_ONCE = 32
# Quick slopes that rounding may put off by more than this share of the largest one prove too little. In
# single precision most are off by less.
BLUNT = 1e-3
# Once the gradient is known to be wrong, entries count as wrong without a sweep if they are off by this
# share. Truncation of a quick slope reaches it only for functions that bend within 1e-4.
CLEARLY = 1e-3


@dataclass(frozen=True)
class Verdict:
    """What was found, entry by entry.

    Attributes:
        point: where, and of what function.
        gradient: the claimed gradient.
        indices: flat positions of the entries that were measured, (n,).
        slopes: what was measured there, (n,) each.
        wrong: which of them are wrong, (n,).
        astray: whether the gradient is wrong along a random direction, though no measured entry shows it.
    """

    point: Point
    gradient: Array
    indices: Indices
    slopes: Slopes
    wrong: npt.NDArray[np.bool_]
    astray: bool = False

    @property
    def passed(self) -> bool:
        """Whether the gradient is right."""
        return not self.astray and not self.wrong.any()


def judge_gradient(point: Point, gradient: Array, plan: Plan, quick: Slopes) -> Verdict:
    """Judge a gradient.

    Args:
        point: where, and of what function.
        gradient: the claimed gradient, shaped like point.x.
        plan: the entries and directions that are looked at first.
        quick: the quick slopes along them.

    Returns:
        The verdict.
    """
    entry = np.arange(len(plan.directions)) < plan.indices.size
    entries, random = plan.directions[: plan.indices.size], plan.directions[plan.indices.size :]
    along, wrong = _judge(point, gradient, random, quick.at(~entry))
    slopes, wrong_entries = _judge(point, gradient, entries, quick.at(entry))
    first = Verdict(point, gradient, plan.indices, slopes, wrong_entries)
    if not random or (first.passed and not wrong.any()):
        return first
    return _look_closer(point, gradient, plan.order, astray=bool((wrong & ~along.kinked).any()))


def judge_entries(point: Point, gradient: Array, indices: Indices) -> Verdict:
    """Judge some entries of a gradient, given by their flat positions."""
    slopes, wrong = judge_along(point, gradient, along_entries(point.x, indices))
    return Verdict(point, gradient, indices, slopes, wrong)


def judge_along(
    point: Point, gradient: Array, directions: Sequence[Direction]
) -> tuple[Slopes, npt.NDArray[np.bool_]]:
    """Return the slopes along directions, and along which of them the gradient is wrong, (n,) each."""
    return _judge(point, gradient, directions, quick_slopes(point, directions))


def measure_beside(point: Point, gradient: Array, rng: np.random.Generator) -> Verdict:
    """Measure entries beside a gradient of a wrong shape, none of whose entries is right."""
    indices = np.sort(rng.permutation(point.x.size)[:AFTER_FAILURE])
    slopes = quick_slopes(point, along_entries(point.x, indices))
    return Verdict(point, gradient, indices, slopes, np.ones(indices.size, bool))


def _look_closer(point: Point, gradient: Array, order: Indices, astray: bool) -> Verdict:
    """Judge more entries of a large array after a failure, and find a wrong one if there is one."""
    closer = judge_entries(point, gradient, np.sort(order[:AFTER_FAILURE]))
    if closer.wrong.any() or not astray or point.x.size <= AFTER_FAILURE:
        return closer
    found = judge_entries(point, gradient, _corner(point, gradient, order[AFTER_FAILURE:]))
    return replace(found, astray=True)


def _corner(point: Point, gradient: Array, suspects: Indices) -> Indices:
    """Halve the suspects until few are left, each time keeping the half that is further off."""
    rng = np.random.default_rng(0)
    while suspects.size > SWEPT_AT_ONCE:
        halves = np.array_split(suspects, 2)
        directions = [random_direction(point.x, half, rng) for half in halves]
        slopes = swept_slopes(point, directions)
        claimed = np.array([direction.slope(gradient) for direction in directions])
        suspects = halves[int(np.argmax(np.abs(claimed - slopes.values) / slopes.tolerances))]
    return np.sort(suspects)


def _judge(
    point: Point, gradient: Array, directions: Sequence[Direction], slopes: Slopes
) -> tuple[Slopes, npt.NDArray[np.bool_]]:
    """Sweep what the quick slopes leave in doubt, until one direction is found wrong.

    Returns:
        The slopes, with those replaced that were swept, and which of the claimed ones are wrong, (n,) each.
    """
    claimed = np.array([direction.slope(gradient) for direction in directions])
    doubtful = np.flatnonzero(~(slopes.agree(claimed) & _sharp(slopes)))
    wrong = np.zeros(len(directions), bool)
    while doubtful.size and not wrong.any():
        now, doubtful = doubtful[:SWEPT_AT_ONCE], doubtful[SWEPT_AT_ONCE:]
        slopes.replace(now, swept_slopes(point, [directions[i] for i in now]))
        wrong[now] = ~slopes.agree(claimed)[now]
    slopes.tolerances[doubtful] += CLEARLY * np.abs(slopes.values[doubtful])
    wrong[doubtful] = ~slopes.agree(claimed)[doubtful]
    return slopes, wrong


def _sharp(slopes: Slopes) -> npt.NDArray[np.bool_]:
    """Which quick slopes, (n,), are exact enough for agreement with them to prove something."""
    largest = np.nanmax(np.abs(slopes.values), initial=0.0)
    sharp: npt.NDArray[np.bool_] = np.isfinite(slopes.values) & (slopes.tolerances <= BLUNT * largest)
    return sharp
