"""From the verdicts of cases to the verdict and the points of a check."""

from collections.abc import Sequence
from fractions import Fraction

from autograder.verdicts import CheckVerdict


def earned(points: Fraction, verdicts: Sequence[CheckVerdict]) -> Fraction:
    """Return the exact share of `points` earned: the cases of a check share them equally."""
    if not verdicts:
        return Fraction(0)
    return points * sum(v == CheckVerdict.PASSED for v in verdicts) / len(verdicts)


def overall_verdict(verdicts: Sequence[CheckVerdict]) -> CheckVerdict:
    """Return the verdict on a check: that of its first case that did not pass."""
    return next((v for v in verdicts if v != CheckVerdict.PASSED), CheckVerdict.PASSED)


def as_number(value: Fraction | float) -> float:
    """Round an exact sum of points once, to two decimals; whole numbers stay whole."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded
