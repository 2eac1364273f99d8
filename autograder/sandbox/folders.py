"""The folders of sandboxes: made for one process of ours, handed to a user, removed by whoever is left."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from autograder.sandbox.levels.level import Level

#: Seconds for what still writes to a folder to end.
_ENDING = 10.0


def new_folder(level: Level) -> Path:
    """Make a folder for a sandbox of this process's."""
    return Path(tempfile.mkdtemp(prefix=_prefix(os.getpid()), dir=level.place()))


def remove_folders_of(pid: int, level: Level) -> None:
    """Remove what sandboxes of that level leave behind whose grader, process `pid`, was killed.

    They end with it, but not at once, and until then may still write.
    """
    place = level.place() or Path(tempfile.gettempdir())
    deadline = time.monotonic() + _ENDING
    while (left := list(place.glob(f"{_prefix(pid)}*"))) and time.monotonic() < deadline:
        for folder in left:
            remove(folder)


def _prefix(pid: int) -> str:
    """Return how the names of the folders begin that a process of ours makes."""
    return f"autograder-{pid}-"


def remove_left_behind(place: Path, user: int) -> None:
    """Remove what sandboxes of that user left when their grader was killed; nobody else has the user now."""
    for folder in place.glob("autograder-*"):
        with contextlib.suppress(OSError):
            if folder.lstat().st_gid == user:
                remove(folder)


def remove(folder: Path) -> None:
    """Remove a folder, as far as that goes: a submission may have nested more than Python can take apart."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(folder: Path, home: Path, user: int) -> None:
    """Let one user reach the folder, and have its home in there."""
    os.chown(folder, 0, user)
    folder.chmod(0o710)
    os.chown(home, user, user)
    home.chmod(0o700)
