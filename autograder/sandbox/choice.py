"""Choosing the best level of protection that a machine offers."""

from functools import cache

from autograder.errors import UserError
from autograder.sandbox.bare import Bare
from autograder.sandbox.bubblewrap import Bubblewrap
from autograder.sandbox.chroot import Chroot
from autograder.sandbox.landlock import Landlock
from autograder.sandbox.levels import Level

__all__ = ["LEVELS", "choose_level"]

#: Best first.
LEVELS: tuple[Level, ...] = (Bubblewrap(), Landlock(), Chroot(), Bare())


@cache
def choose_level(allow_unsandboxed: bool = False, levels: tuple[Level, ...] = LEVELS) -> Level:
    """Return the best level that works here.

    Args:
        allow_unsandboxed: whether one that is not safe will do.
        levels: to choose from, the best first.

    Raises:
        UserError: none that is safe works, and unsafe ones are not allowed.
    """
    reasons = []
    for level in levels:
        why = level.missing()
        if why is None and (level.safe or allow_unsandboxed):
            return level
        if why is not None:
            reasons.append(f"{level.name}: {why}")
    raise UserError(
        f"no safe sandbox works on this machine ({'; '.join(reasons)}); `autograder doctor` says more, and "
        "--allow-unsandboxed grades without one, as you, with access to your files"
    )
