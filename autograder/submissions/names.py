"""Students' names: how they are taken from files, and made fit to name a folder."""

import hashlib
import os
from pathlib import Path

from autograder.printable import printable_name
from autograder.submissions.rules import without_ending

#: Files that a run writes beside the students' folders; a student of that name gets a longer one.
_RESERVED = {"grades.csv", "scores.png", "taken.csv"}
#: Bytes of a student's name where a platform gives it; file systems allow 255.
_LONGEST = 200
_LONGEST_FOLDER = 255


def student_name(path: Path) -> str:
    """Return the student's name: that of the folder, or of the archive without its ending.

    It is changed only where it can't be encoded, would be obeyed by a terminal, or is then too long.
    """
    name = path.name if os.path.isdir(path) else without_ending(path.name)
    plain = _shortened(printable_name(name), name, _LONGEST_FOLDER)
    return f"{plain}_" if plain in _RESERVED else plain


def folder_name(name: str) -> str:
    """Return a platform's name for a student, changed as little as needed to name a folder."""
    plain = "".join(ch if ch.isprintable() and ch not in "/\\" else "_" for ch in name).strip()
    plain = _shortened(plain, name, _LONGEST)
    if not plain or plain.startswith("."):
        plain = f"_{plain}"
    return f"{plain}_" if plain in _RESERVED else plain


def _shortened(plain: str, name: str, most: int) -> str:
    """Return a name of so many bytes at most; of longer ones, the end tells whose it was."""
    if len(plain.encode()) <= most:
        return plain
    end = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return plain.encode()[: most - 9].decode(errors="ignore") + f"~{end}"
