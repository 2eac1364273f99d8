"""Processes of ours that wait for work, kept warm between two submissions."""

import atexit
import os
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Protocol, TypeVar


class Closable(Protocol):
    """What is to be ended with this process."""

    def close(self) -> None:
        """End it."""


_T = TypeVar("_T", bound=Closable)


class Idle(list[_T]):
    """Those that wait, ended with this process; threads may take from it side by side.

    Where a process forks, the child has no business with them. Worker processes of multiprocessing end
    without running what is registered with atexit, hence both.
    """

    def __init__(self) -> None:
        super().__init__()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.clear)
        atexit.register(self.close)
        Finalize(None, self.close, exitpriority=10)

    def take(self, fits: Callable[[_T], bool], is_usable: Callable[[_T], bool]) -> _T | None:
        """Take out the latest that fits and can still be used; those that fit and can't be are ended."""
        for one in list(reversed(self)):
            if not fits(one):
                continue
            try:
                self.remove(one)
            except ValueError:  # another thread was faster
                continue
            if is_usable(one):
                return one
            one.close()
        return None

    def close(self) -> None:
        """End all that wait."""
        while self:
            self.pop().close()
