"""All rows of the table."""

from tests.door import (
    archives,
    backends,
    clutter,
    float32,
    helpers,
    imports,
    leftovers,
    names,
    near_misses,
    not_python,
    number_kinds,
    returned,
)
from tests.door.row import Row

__all__ = ["ROWS"]

_KINDS = (
    imports,
    clutter,
    names,
    backends,
    archives,
    leftovers,
    number_kinds,
    near_misses,
    not_python,
    helpers,
    returned,
    float32,
)

ROWS: list[Row] = [row for kind in _KINDS for row in kind.ROWS]
