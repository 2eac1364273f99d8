"""Warm helpers kept for the next submission: starting one takes as long as checking a small topic."""

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.grading.helper.bounds import Bounds
from autograder.grading.helper.process import Helper
from autograder.idle import Idle

#: Those that wait; each dies with the thread that started it.
IDLE = Idle[Helper]()


@contextmanager
def warm_helper(bounds: Bounds) -> Iterator[Helper]:
    """Give a helper that nobody else uses; afterwards keep it, unless something went wrong in it."""
    helper = IDLE.take(lambda _: True, Helper.can_be_used_again) or Helper()
    try:
        yield helper
    except BaseException:
        helper.kill()
        raise
    if helper.is_slender(bounds):
        IDLE.append(helper)
    else:
        helper.close()
