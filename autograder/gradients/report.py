"""What a gradient check found."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from autograder.gradients.types import Array, Cause

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Factor(float):
    """The number by which a gradient is too large, and its name where it has one.

    Attributes:
        name: one of 2, 1/2, N, 1/N, C, 1/C (N the batch size, C the number of classes), log 2, 1/log 2,
            log 10, 1/log 10 (of a loss with another logarithm), with a minus sign where the number is
            negative; None where the number has no such name.

    Example:
        >>> factor = Factor(-0.25, "-1/N")
        >>> 2 * factor, factor.name
        (-0.5, '-1/N')
    """

    name: str | None

    def __new__(cls, value: float, name: str | None = None) -> "Factor":
        """Name a number."""
        factor = super().__new__(cls, value)
        factor.name = name
        return factor


@dataclass(frozen=True)
class WrongEntry:
    """An entry of the gradient that is wrong.

    Attributes:
        index: its position.
        analytic: the value that the gradient claims.
        numeric: the slope that was measured.

    Example:
        >>> WrongEntry((1, 0), analytic=2.0, numeric=0.5).index
        (1, 0)
    """

    index: tuple[int, ...]
    analytic: float
    numeric: float


@dataclass(frozen=True)
class GradientReport:
    """The result of `check_gradient`. It is true when the gradient passed, and its `str` is the text.

    Attributes:
        name: what the gradient is called.
        passed: whether the gradient is right.
        text: one paragraph that says what was found.
        cause: the likely mistake, None when passed. One of
            `scale` (a constant times the right gradient; see factor), `sign` (minus the right one),
            `transposed` (axes are swapped), `missing_upstream` (as if the upstream gradient were all ones),
            `missing_mask` (the gradient goes where the function lets nothing through), `missing_sum` (an
            entry holds only a part of its sum), `missing_term` (right but for one term), `shape`,
            `not_finite` (nan or inf), `impure` (the function answers differently each time, or changes its
            input), `other`.
        factor: for `scale`, the number by which the gradient is too large, and its name.
        worst: up to five wrong entries, the worst first.
        entries_checked: how many entries were compared one by one.
        kinks: how many of them lie at a kink, where any value between the left and right slope is right.
        analytic: the claimed gradient; empty where there is none of the right shape.
        numeric: the measured one, shaped like it, nan where it was not measured.
        wrong: which entries are wrong, shaped like it.
        error: the exception that the student's code raised, if any.

    Example:
        >>> from autograder.gradients import check_gradient
        >>> report = check_gradient(np.sin, np.ones((2, 3)), lambda x, upstream: -upstream * np.cos(x))
        >>> bool(report), report.cause, report.entries_checked
        (False, 'sign', 6)
        >>> str(report).startswith("dx is wrong: 6 of 6 entries compared differ")
        True
    """

    name: str
    passed: bool
    text: str
    cause: Cause | None = None
    factor: Factor | None = None
    worst: tuple[WrongEntry, ...] = ()
    entries_checked: int = 0
    kinks: int = 0
    analytic: Array = field(default_factory=lambda: np.empty(0), repr=False)
    numeric: Array = field(default_factory=lambda: np.empty(0), repr=False)
    wrong: npt.NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, bool), repr=False)
    error: Exception | None = field(default=None, repr=False)

    def plot(self) -> "Figure":
        """Draw where in the array the two disagree, and the values of one against those of the other.

        Returns:
            A Matplotlib figure, legible on light and dark pages.

        Example:
            >>> from autograder.gradients import check_gradient
            >>> figure = check_gradient(lambda x: (x**2).sum(), np.ones(4), 2 * np.ones(4)).plot()
            >>> figure.get_suptitle()
            'dx is right'
        """
        from autograder.gradients.picture import draw

        return draw(self)

    def __bool__(self) -> bool:
        return self.passed

    def __str__(self) -> str:
        return self.text
