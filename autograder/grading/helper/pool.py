"""Warm helpers kept for the next submission: starting one takes as long as checking a small topic."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import Finalize

from autograder.grading.helper.bounds import Bounds
from autograder.grading.helper.process import Helper, environment

_IDLE: list[Helper] = []


@contextmanager
def warm_helper(bounds: Bounds) -> Iterator[Helper]:
    """Give a helper that nobody else uses; afterwards keep it, unless something went wrong in it."""
    helper = _take() or Helper()
    try:
        yield helper
    except BaseException:
        helper.kill()
        raise
    if helper.is_slender(bounds):
        _IDLE.append(helper)
    else:
        helper.close()


def close_idle() -> None:
    """End the helpers that wait for work."""
    while _IDLE:
        _IDLE.pop().close()


def _take() -> Helper | None:
    """Return an idle helper that is alive and has the environment that one started now would have."""
    while _IDLE:
        try:
            helper = _IDLE.pop()
        except IndexError:  # another thread was faster
            return None
        if helper.is_alive() and helper.environment == environment():
            return helper
        helper.close()
    return None


# Where a process forks, the child has no business with its parent's helpers. Worker processes of
# multiprocessing end without running what is registered with atexit, hence both.
os.register_at_fork(after_in_child=_IDLE.clear)
atexit.register(close_idle)
Finalize(None, close_idle, exitpriority=10)
