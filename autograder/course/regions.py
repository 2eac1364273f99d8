"""The regions that nbgrader's markers set off in a source file, found as nbgrader finds them."""

from pathlib import Path

from autograder.errors import UserError

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"

#: What students find in the place of a solution.
PLACEHOLDER = 'raise NotImplementedError("This part is yours to write: replace this line with your code.")'


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


def read_checked(path: Path) -> str:
    """Return the text of a file whose regions all begin and end as they should.

    Raises:
        UserError: the file is missing, or a region in it is not closed.
    """
    try:
        source = path.read_text(encoding="utf-8")
        for kind in (SOLUTION, HIDDEN_TESTS):
            region_lines(source, kind)
    except FileNotFoundError as error:
        raise UserError(f"{path} is missing") from error
    except UserError as error:
        raise UserError(f"{path}, {error}") from error
    return source
