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
    training,
)
from tests.door.row import Row

__all__ = ["QUICK", "ROWS", "TRAINING", "WHOLE"]

#: Right as a whole or not at all, so that a few quick checks tell what became of them.
QUICK: list[Row] = [
    *imports.GUARDED,
    *leftovers.HARMLESS,
    *backends.ROWS,
    *clutter.ROWS,
    *names.ROWS,
    *archives.ROWS,
    *near_misses.ROWS,
    *not_python.ROWS,
]
#: Graded by all checks of the topic `losses`.
WHOLE: list[Row] = [
    *imports.NOT_GUARDED,
    *leftovers.ENDING,
    *number_kinds.ROWS,
    *helpers.ROWS,
    *returned.ROWS,
    *float32.ROWS,
]
#: Graded by all checks of the topic `training`.
TRAINING: list[Row] = training.ROWS

ROWS = [*QUICK, *WHOLE, *TRAINING]
