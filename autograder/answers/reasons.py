"""Several cases of one check that fail: each reason is told once, with the cases that it holds for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.answers.kinds import listed

#: So many reasons are told, and so many cases are named for each.
MOST_REASONS, _MOST_NAMES = 4, 6
#: A number that is no part of a name, and not that of a line.
FIGURE = re.compile(r"(?<!line )(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


@dataclass(frozen=True)
class Reason:
    """Why some cases fail.

    Attributes:
        cases: the names of those cases, in order.
        text: what is said of the first of them.
        alike: whether the others differ from it in figures.
    """

    cases: tuple[str, ...]
    text: str
    alike: bool

    @property
    def names(self) -> str:
        """The cases, as words."""
        shown = self.cases[:_MOST_NAMES]
        more = len(self.cases) - len(shown)
        return listed([*shown, f"{more} more"] if more else shown)


def reasons(texts: Sequence[tuple[str, str]]) -> list[Reason]:
    """Group the texts of cases, given with the cases' names, by what they say; figures may differ.

    Example:
        >>> for reason in reasons([("a", "it is 2"), ("b", "it is 3.5"), ("c", "it is None")]):
        ...     print(reason.names, "|", reason.text, "|", reason.alike)
        a and b | it is 2 | True
        c | it is None | False
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for case, text in texts:
        groups.setdefault(FIGURE.sub("#", text), []).append((case, text))
    return [
        Reason(tuple(case for case, _ in group), group[0][1], len({text for _, text in group}) > 1)
        for group in groups.values()
    ]
