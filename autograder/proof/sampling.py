"""A choice that is the same for everybody."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

_T = TypeVar("_T")


def sampled(things: Sequence[_T], count: int | None) -> list[_T]:
    """Return a choice of so many, in their order, the same for the same number of things; all for None."""
    if count is None or count >= len(things):
        return list(things)
    chosen = np.random.default_rng(0).choice(len(things), count, replace=False)
    return [things[i] for i in sorted(chosen)]
