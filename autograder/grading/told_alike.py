"""Whether two failures of a check are told alike: the same sentence, and about the same numbers.

Two right ways to draw random numbers give different answers, and so do two ways to write one mistake. What a
check measures of them is nearly the same: a share, a spread, how many entries differ.
"""

import math
import re
from collections.abc import Sequence
from typing import Final

#: By how much numbers may differ that depend on chance: as a factor.
_CHANCE: Final = 1.5
#: Factors that a message states are worked out from all entries, and depend on chance no more.
_EXACT: Final = 1.01

_NUMBER: Final = r"-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)"
#: The worst entry of an array is another one each time, and so are its numbers.
_WORST: Final = re.compile(rf"\[[\d, ]+\] should be {_NUMBER}, but it is {_NUMBER}")
_SINGLE: Final = re.compile(rf"should be (?:at least |at most )?({_NUMBER}), but it is ({_NUMBER})")
_FACTOR: Final = re.compile(rf"is ({_NUMBER}) times")


def mostly_alike(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether two of three pairs of messages have the same words, and enough of them the same numbers too.

    Where a check measures several things, chance may decide which of them it finds amiss first. Half of the
    pairs must be about nearly the same numbers, and one that is the same to the last digit counts for two.
    """
    same = [pair for pair in pairs if same_words(*pair)]
    near = sum(near_numbers(*pair) for pair in same) + sum(one == other for one, other in same)
    return 3 * len(same) >= 2 * len(pairs) and near >= max(2, len(pairs) / 2)


def same_words(one: str, other: str) -> bool:
    """Whether two messages are the same sentence, whatever their numbers."""
    return _words(one) == _words(other)


def near_numbers(one: str, other: str) -> bool:
    """Whether two messages with the same words are about nearly the same numbers."""
    factors = zip(_FACTOR.findall(one), _FACTOR.findall(other), strict=True)
    measured = zip(_measured(one), _measured(other), strict=True)
    return one == other or (
        all(_near(float(a), float(b), _EXACT) for a, b in factors)
        and all(_near(a, b, _CHANCE) for a, b in measured)
    )


def _words(message: str) -> str:
    return re.sub(_NUMBER, "#", _WORST.sub("[#]", message))


def _measured(message: str) -> list[float]:
    """Return the numbers of a message; for what should be another number, by how much it is off."""
    text = _WORST.sub("", message)
    off = [float(found) - float(wanted) for wanted, found in _SINGLE.findall(text)]
    return off + [float(number) for number in re.findall(_NUMBER, _SINGLE.sub("", text))]


def _near(one: float, other: float, factor: float) -> bool:
    """Whether two numbers have the same sign, and differ by that factor at most; nan is only near nan."""
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    low, high = sorted((abs(one), abs(other)))
    return one * other >= 0 and high <= factor * low
