"""Reading a submission that came as a folder."""

import os
import stat
from pathlib import Path, PurePosixPath

from autograder.submissions.rules import (
    MAX_DEPTH,
    MAX_FILE,
    MAX_FILES,
    MAX_TOTAL,
    UnreadableError,
    is_noise,
    refusal,
)

__all__ = ["read_folder"]


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count.

    Returns:
        Contents by relative name with forward slashes, and a sentence for each file that was refused.

    Raises:
        UnreadableError: the folder is a link, holds too much, or can't be read.
    """
    if folder.is_symlink():
        raise UnreadableError("the submission is a link, not a folder of its own")
    files: dict[str, bytes] = {}
    refused: list[str] = []
    for path in _walk(folder):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if is_noise(name):
            continue
        why = refusal(name) or _not_regular(path)
        if why:
            refused.append(f"{str(name)[:100]!a} was left out: {why}")
        else:
            files[str(name)] = path.read_bytes()
        if len(files) + len(refused) > MAX_FILES or sum(map(len, files.values())) > MAX_TOTAL:
            raise UnreadableError(
                f"the submission holds more than {MAX_FILES} files or {MAX_TOTAL // 2**20} MB; hand in less"
            )
    return files, refused


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


def _not_regular(path: Path) -> str | None:
    try:
        status = path.lstat()
    except OSError as error:
        return f"it can't be read ({error.strerror})"
    if stat.S_ISLNK(status.st_mode):
        return "it is a link"
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    if status.st_size > MAX_FILE:
        return f"it is larger than {MAX_FILE // 2**20} MB"
    return None if os.access(path, os.R_OK) else "it can't be read"
