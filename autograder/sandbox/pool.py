"""Warm sandboxes kept for the next submission, so that a class does not start one for every student."""

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.idle import Idle
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

#: Those that wait; each dies with the thread that started it.
IDLE = Idle[Sandbox]()


@contextmanager
def warm_sandbox(level: Level, limits: Limits) -> Iterator[Sandbox]:
    """Give a sandbox with no submission in it; afterwards keep it, unless something went wrong in it.

    Raises:
        SandboxError: none can be started.
    """
    fits = (level, limits)
    sandbox = IDLE.take(lambda s: (s.level, s.limits) == fits, Sandbox.can_be_used_again)
    sandbox = sandbox or Sandbox(level, limits)
    try:
        yield sandbox
    except BaseException:
        sandbox.usable = False
        raise
    finally:
        if sandbox.usable:
            IDLE.append(sandbox)
        else:
            sandbox.close()
