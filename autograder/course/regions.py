"""The regions that nbgrader's markers set off in a source file, found as nbgrader finds them."""

from autograder.errors import UserError

__all__ = ["HIDDEN_TESTS", "SOLUTION", "region_lines"]

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"


def region_lines(source: str, kind: str) -> frozenset[int]:
    """Return the numbers (from 1) of the lines inside regions of that kind, markers included.

    A marker counts wherever it stands in a line, since nbgrader clears such a region too.

    Args:
        source: the text of a file.
        kind: `SOLUTION` or `HIDDEN_TESTS`.

    Raises:
        UserError: a region is opened twice, closed twice or left open.
    """
    inside: set[int] = set()
    opened: int | None = None
    for number, line in enumerate(source.splitlines(), start=1):
        if f"BEGIN {kind}" in line:
            if opened is not None:
                raise UserError(f"line {number}: a region {kind} begins inside the one of line {opened}")
            opened = number
        if opened is not None:
            inside.add(number)
        if f"END {kind}" in line:
            if opened is None:
                raise UserError(f"line {number}: a region {kind} ends that was never begun")
            opened = None
    if opened is not None:
        raise UserError(f"line {opened}: a region {kind} begins and never ends")
    return frozenset(inside)
