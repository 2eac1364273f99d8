"""What a check declares: id, title, points, whether it is hidden, and the check that it depends on."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class CheckSpec:
    """One check, as its function declares it.

    Attributes:
        id: the function's name.
        title: the first line of its docstring.
        points: what it is worth, exactly.
        hidden: whether any line of it stands in a hidden region.
        after: id of the check that it depends on, if any.
    """

    id: str
    title: str
    points: Fraction
    hidden: bool = False
    after: str | None = None
