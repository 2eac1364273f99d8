"""What a check says of itself: id, title, points, whether it is hidden, and which check comes before it."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from autograder.course.regions import HIDDEN_TESTS, region_lines
from autograder.errors import UserError

__all__ = ["CheckSpec", "check_id", "spec_of"]


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
    hidden: bool
    after: str | None = None


def check_id(item: pytest.Item) -> str:
    """Return the id of the check that a case belongs to: its function's name, without parameters."""
    return getattr(item, "originalname", None) or item.name


def spec_of(item: pytest.Function) -> CheckSpec:
    """Read the check off its function.

    Raises:
        UserError: the check has no points or no title, or depends on what is no name.
    """
    name = check_id(item)
    marker = item.get_closest_marker("points")
    if marker is None or len(marker.args) != 1:
        raise UserError(f"{item.path.name}: {name} has no @pytest.mark.points(n)")
    title = (item.function.__doc__ or "").strip().partition("\n")[0].strip()
    if not title:
        raise UserError(
            f"{item.path.name}: {name} has no docstring; its first line is the title that students see"
        )
    return CheckSpec(name, title, Fraction(str(marker.args[0])), _is_hidden(item), _after(item))


def _after(item: pytest.Function) -> str | None:
    marker = item.get_closest_marker("after")
    if marker is None:
        return None
    if len(marker.args) != 1 or not isinstance(marker.args[0], str) or marker.kwargs:
        raise UserError(f"{item.path.name}: {check_id(item)}: @pytest.mark.after takes the name of one check")
    return marker.args[0]


def _is_hidden(item: pytest.Function) -> bool:
    code = item.function.__code__
    lines = {line for _, _, line in code.co_lines() if line is not None} | {code.co_firstlineno}
    return not lines.isdisjoint(_hidden_lines(item.path))


@lru_cache(maxsize=64)
def _hidden_lines(path: Path) -> frozenset[int]:
    return region_lines(path.read_text(encoding="utf-8"), HIDDEN_TESTS)
