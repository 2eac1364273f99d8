"""The folder that a submission may write to: the same, and empty, at the start of every check."""

import os
from uuid import uuid4


def empty(folder: str) -> None:
    """Empty the folder, so that nothing goes from one check to the next.

    Folders are taken apart from the top, not walked into, since a student may have nested them deeper than
    a path can say. No process of the student's may be running.

    Args:
        folder: where the student's code may write.
    """
    os.chmod(folder, 0o700)
    while entries := list(os.scandir(folder)):
        for entry in entries:
            _remove(entry, folder)


def is_overfull(folder: str, size: int, entries: int) -> bool:
    """Return whether more lies in the folder than so many bytes or entries.

    Its owner may be at work in it, so nothing is done to what is found there. A file that was removed while
    it is open does not count: the limits of files take care of those.

    Raises:
        OSError: some of it can't be listed.
    """
    waiting = [folder]
    while waiting:
        for entry in _listed(waiting.pop()):
            size, entries = size - _size_of(entry), entries - 1
            if size < 0 or entries < 0:
                return True
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
    return False


def lend_fonts(folder: str, fonts: str) -> None:
    """Put in the file that lists the fonts, which takes Matplotlib seconds to make."""
    os.makedirs(f"{folder}/matplotlib")
    os.symlink(fonts, f"{folder}/matplotlib/{os.path.basename(fonts)}")


def _listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):  # gone by now
        return []


def _size_of(entry: os.DirEntry[str]) -> int:
    try:
        return 512 * entry.stat(follow_symlinks=False).st_blocks
    except FileNotFoundError:
        return 0


def _remove(entry: os.DirEntry[str], top: str) -> None:
    """Remove a file, or a folder after moving the folders in it to the top."""
    if not entry.is_dir(follow_symlinks=False):
        os.unlink(entry.path)
        return
    os.chmod(entry.path, 0o700)
    for inner in list(os.scandir(entry.path)):
        if inner.is_dir(follow_symlinks=False):
            os.chmod(inner.path, 0o700)
            os.rename(inner.path, f"{top}/{uuid4().hex}")
        else:
            os.unlink(inner.path)
    os.rmdir(entry.path)
