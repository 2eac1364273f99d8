"""Reading a submission that came as a folder."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograder.submissions.entry import Entry
from autograder.submissions.gathering import Gathering
from autograder.submissions.rules import MAX_DEPTH, MAX_LISTED, UnreadableError, is_noise, packages_above


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count, also those in archives.

    Returns:
        Contents by relative name with forward slashes, and a sentence for what was left out.

    Raises:
        UnreadableError: the folder is a link, holds too much, or can't be read.
    """
    with Gathering() as gathering:
        gathering.offer(folder_entries(folder))
        return gathering.take()


def folder_entries(folder: Path) -> Iterator[Entry]:
    """Give all that a folder holds and that may count.

    Raises:
        UnreadableError: as `read_folder` does.
    """
    if folder.is_symlink():
        raise UnreadableError("the submission is a link, not a folder of its own")
    for path in _walk(folder):
        yield file_entry(path, path.relative_to(folder).as_posix())


def file_entry(path: Path, name: str) -> Entry:
    """Return a file under a name."""
    try:
        status = path.lstat()
    except OSError as error:
        return Entry(name, 0, partial(_opened, path), f"it can't be read ({error.strerror})")
    return Entry(name, status.st_size, partial(_opened, path), _unfit(path, status), on_disk=True)


def _walk(folder: Path) -> list[Path]:
    """All entries that are not folders, in a fixed order; also folders that aren't looked into."""
    found: list[Path] = []

    def fail(error: OSError) -> None:
        raise UnreadableError(f"the submission's folder can't be read: {error.strerror}") from error

    for parent, folders, names in os.walk(folder, onerror=fail):
        above = Path(parent).relative_to(folder)
        deep = len(above.parts) == MAX_DEPTH
        kept = [name for name in sorted(folders) if not is_noise(name)]
        folders[:] = [name for name in kept if not deep and _may_hold_work(folder, above / name)]
        found += [Path(parent, name) for name in sorted([*names, *(set(kept) - set(folders))])]
        if len(found) > MAX_LISTED:
            raise UnreadableError(f"the submission holds more than {MAX_LISTED} files; hand in less")
    return found


def _may_hold_work(top: Path, folder: Path) -> bool:
    """Whether a folder is looked into: links lead elsewhere, packages hold thousands of files."""
    return not (top / folder).is_symlink() and packages_above(folder.as_posix(), set()) is None


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _unfit(path: Path, status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "it is a link"
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    return None if os.access(path, os.R_OK) else "it can't be read"
