"""The global random state that a variant of ours sees: a fresh sandbox's, whatever this process has."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np


class Chance:
    """A state of `random` and `numpy.random` beside this process's own.

    It starts as the sandbox seeds every check's process, so that a variant that ignores the generator it was
    given draws the numbers here that the same mistake draws there.
    """

    def __init__(self) -> None:
        self._aside: tuple[Any, Any] = (random.Random(0).getstate(), np.random.RandomState(0).get_state())

    @contextmanager
    def exchanged(self) -> Iterator[None]:
        """Exchange the state in force for the one laid aside; after the block, exchange them back."""
        self._exchange()
        try:
            yield
        finally:
            self._exchange()

    def _exchange(self) -> None:
        in_force = random.getstate(), np.random.get_state()
        random.setstate(self._aside[0])
        np.random.set_state(self._aside[1])
        self._aside = in_force
