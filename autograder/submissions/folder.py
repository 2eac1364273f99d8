"""Reading a submission that came as a folder."""

import os
import stat
from pathlib import Path

from autograder.submissions.gathering import Gathering
from autograder.submissions.rules import MAX_DEPTH, MAX_FILES, UnreadableError


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count.

    Returns:
        Contents by relative name with forward slashes, and a sentence for each file that was refused.

    Raises:
        UnreadableError: the folder is a link, holds too much, or can't be read.
    """
    gathering = Gathering()
    offer_folder(gathering, folder)
    return gathering.files, gathering.refused


def offer_folder(gathering: Gathering, folder: Path) -> None:
    """Take in what a folder holds.

    Raises:
        UnreadableError: as `read_folder` does.
    """
    if folder.is_symlink():
        raise UnreadableError("the submission is a link, not a folder of its own")
    for path in _walk(folder):
        offer_file(gathering, path, path.relative_to(folder).as_posix())


def offer_file(gathering: Gathering, path: Path, name: str) -> None:
    """Take in a file under a name."""
    try:
        status = path.lstat()
    except OSError as error:
        gathering.refuse(name, f"it can't be read ({error.strerror})")
        return
    gathering.offer(name, status.st_size, path.read_bytes, _unfit(path, status))


def _walk(folder: Path) -> list[Path]:
    """All entries that are not folders, in a fixed order; also folders that are links or lie too deep."""
    found: list[Path] = []

    def fail(error: OSError) -> None:
        raise UnreadableError(f"the submission's folder can't be read: {error.strerror}") from error

    for parent, folders, names in os.walk(folder, onerror=fail):
        folders.sort()
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        if len(Path(parent).relative_to(folder).parts) == MAX_DEPTH:
            links, folders[:] = list(folders), []
        found += [Path(parent) / name for name in sorted(names + links)]
        if len(found) > 10 * MAX_FILES:
            raise UnreadableError(f"the submission holds more than {MAX_FILES} files; hand in less")
    return found


def _unfit(path: Path, status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "it is a link"
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    return None if os.access(path, os.R_OK) else "it can't be read"
