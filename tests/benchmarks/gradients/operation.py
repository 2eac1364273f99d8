"""What the benchmark is made of: operations, their right gradients, and planted bugs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

Array = np.ndarray
Forward = Callable[..., Array]
Backward = Callable[..., Array]


@dataclass(frozen=True)
class Bug:
    """A wrong gradient as students write it.

    Attributes:
        of: which gradient, for instance `dx`.
        what: the mistake in a few words.
        cause: what the report should call it; `other` where no name fits.
        backward: (upstream, *inputs) -> the wrong gradient.
    """

    of: str
    what: str
    cause: str
    backward: Backward


@dataclass(frozen=True)
class Operation:
    """A layer or a loss.

    Attributes:
        name: as in the course's API.
        draw: rng -> generic inputs.
        forward: *inputs -> output.
        right: for each gradient, in the order of the inputs, (upstream, *inputs) -> gradient.
        also_right: other right gradients, which differ at kinks only.
        bugs: the wrong ones.
        lattice: inputs are rounded to multiples of this where kinks and ties are wanted.
    """

    name: str
    draw: Callable[[np.random.Generator], tuple[Array, ...]]
    forward: Forward
    right: Mapping[str, Backward]
    bugs: tuple[Bug, ...]
    also_right: Mapping[str, tuple[Backward, ...]] = field(default_factory=dict)
    lattice: float = 1.0

    def position(self, gradient: str) -> int:
        """Which input a gradient belongs to."""
        return list(self.right).index(gradient)
