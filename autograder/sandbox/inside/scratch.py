"""The folder that a submission may write to: the same, and empty, at the start of every check."""

import os
from uuid import uuid4

__all__ = ["empty", "lend_fonts"]


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


def lend_fonts(folder: str, fonts: str) -> None:
    """Put in the file that lists the fonts, which takes Matplotlib seconds to make."""
    os.makedirs(f"{folder}/matplotlib")
    os.symlink(fonts, f"{folder}/matplotlib/{os.path.basename(fonts)}")


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
