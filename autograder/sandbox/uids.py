"""Users of no name and no rights, one for each sandbox, for graders that run as root."""

import os
import socket
from pathlib import Path
from typing import Self

#: What systemd sets aside for users that come and go (systemd.io/UIDS-GIDS); no person has such a number.
_NUMBERS = range(61184, 65520)


class Account:
    """A user, and a group of the same number, that no other sandbox on this machine has meanwhile.

    The kernel lets only one process at a time hold a socket of one name, and takes it back when the process
    ends, however it ends.

    Raises:
        OSError: none is free.
    """

    def __init__(self) -> None:
        self._held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        start = os.getpid() % len(_NUMBERS)
        for number in (*_NUMBERS[start:], *_NUMBERS[:start]):
            try:
                self._held.bind(f"\0autograder-user-{number}")
            except OSError:
                continue
            self.user = number
            return
        self._held.close()
        raise OSError("no user is free for another sandbox")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the user back; no process of it may be left."""
        self._held.close()


def is_root() -> bool:
    """Return whether this process may become another user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def open_to_all(folder: Path) -> None:
    """Let whoever reaches the folder read all that is in it, whatever the grader's `umask` is."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
