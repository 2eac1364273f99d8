"""Choosing the best level of protection that a machine offers: each file in here with a `LEVEL` is one."""

import pkgutil
from functools import cache
from importlib import import_module

from autograder.errors import UserError
from autograder.sandbox import levels as _folder
from autograder.sandbox.levels.level import Level


def _found() -> tuple[Level, ...]:
    names = (module.name for module in pkgutil.iter_modules(_folder.__path__))
    modules = (import_module(f"{_folder.__name__}.{name}") for name in names if name != "choose")
    return tuple(sorted((m.LEVEL for m in modules if hasattr(m, "LEVEL")), key=lambda level: level.rank))


#: Best first.
LEVELS: tuple[Level, ...] = _found()


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
