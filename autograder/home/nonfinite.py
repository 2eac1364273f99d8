"""Which of a check's calls gave the first nan or inf: what is compared is often made from it."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.answers import not_finite
from autograder.home.calls import Call, Calls

_NOT_FINITE = re.compile(r"\b(?:nan|inf)\b")


def first_not_finite(sentence: str, calls: Calls, told: Call | None) -> str:
    """Say which call made nan or inf of finite arguments; empty where the sentence is about that call.

    Args:
        sentence: what is said of a failure; only of one that names nan or inf more is said.
        calls: those that the check made.
        told: the one that the sentence is about.
    """
    if not _NOT_FINITE.search(sentence):
        return ""
    for call in calls:
        if any(_places([*call.arguments, *call.keywords.values()])):
            continue
        place = next(_places(call.returned), "")
        if place:
            return "" if call is told else f"The first came from {call.function}: {place}."
    return ""


def _places(value: Any) -> Iterator[str]:
    """Say where a value, or one of several, is not finite; what lies deeper, as in a cache, is no answer."""
    several = isinstance(value, (tuple, list))
    for number, part in enumerate(value if several else [value], start=1):
        if isinstance(part, (float, np.ndarray, np.floating)):
            numbers = np.asarray(part)
            if numbers.dtype.kind == "f":
                said = not_finite(numbers, f"value {number} of its answer" if several else "its answer")
                yield from [said] if said else []
