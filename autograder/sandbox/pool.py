"""Warm sandboxes kept for the next submission, so that a class does not start one for every student."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import Finalize

from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

_IDLE: list[Sandbox] = []


@contextmanager
def warm_sandbox(level: Level, limits: Limits) -> Iterator[Sandbox]:
    """Give a sandbox with no submission in it; afterwards keep it, unless something went wrong in it.

    Raises:
        SandboxError: none can be started.
    """
    sandbox = _take(level, limits) or Sandbox(level, limits)
    try:
        yield sandbox
    except BaseException:
        sandbox.usable = False
        raise
    finally:
        if sandbox.usable:
            _IDLE.append(sandbox)
        else:
            sandbox.close()


def close_idle() -> None:
    """End the sandboxes that wait for work."""
    while _IDLE:
        _IDLE.pop().close()


def _take(level: Level, limits: Limits) -> Sandbox | None:
    """Return an idle sandbox of that kind that can be used; one dies with the thread that started it."""
    for sandbox in list(_IDLE):
        if (sandbox.level, sandbox.limits) == (level, limits):
            try:
                _IDLE.remove(sandbox)
            except ValueError:  # another thread was faster
                continue
            if sandbox.can_be_used_again():
                return sandbox
            sandbox.close()
    return None


# Where a process forks, the child has no business with its parent's sandboxes. Worker processes of
# multiprocessing end without running what is registered with atexit, hence both.
os.register_at_fork(after_in_child=_IDLE.clear)
atexit.register(close_idle)
Finalize(None, close_idle, exitpriority=10)
