"""Whether the code in a folder may be somebody else's: at home it runs outside any sandbox."""

import os
from collections.abc import Iterator
from pathlib import Path

_ADVICE = (
    "`autograder check` runs it without any protection, with your rights. To grade the work of others, use "
    "`autograder grade`, which runs it in a sandbox"
)
#: How many folders beside this one are looked into.
_MANY = 200


def doubts(folder: Path) -> list[str]:
    """Return a sentence for each sign that the code in a folder is not that of who runs it.

    Args:
        folder: with `test_<topic>.py` and `<topic>.py` in it.
    """
    try:
        return [f"{sign}: {_ADVICE}." for sign in _signs(folder.resolve())]
    except OSError:  # who may not look around learns nothing
        return []


def _signs(folder: Path) -> Iterator[str]:
    if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
        yield f"The folder {folder} belongs to another user"
    modules = [path.name.removeprefix("test_") for path in sorted(folder.glob("test_*.py"))]
    beside = [path for path in sorted(folder.parent.iterdir())[:_MANY] if path != folder and path.is_dir()]
    for module in modules:
        others = [path.name for path in beside if _is_the_same_topics(path, module)]
        if others:
            yield (
                f"Folders beside {folder.name} hold a file {module}, too, such as {others[0]}, as those of a "
                "class do; some of this code may be somebody else's"
            )


def _is_the_same_topics(folder: Path, module: str) -> bool:
    """Whether a folder holds work on this module; another topic's may hold it too, to import it."""
    checks = [path.name for path in folder.glob("test_*.py")]
    return (folder / module).is_file() and (not checks or f"test_{module}" in checks)
