"""Students' names: how they are taken from files, and made fit to name a folder."""

import hashlib
from pathlib import Path

from autograder.submissions.rules import without_ending

#: Files that a run writes beside the students' folders; a student of that name gets a longer one.
_RESERVED = {"grades.csv", "scores.png", "taken.csv"}
#: Bytes of a student's name; file systems allow 255.
_LONGEST = 200


def student_name(path: Path) -> str:
    """Return the student's name: that of the folder, or of the archive without its ending."""
    name = path.name if path.is_dir() else without_ending(path.name)
    printable = name.encode("utf-8", "backslashreplace").decode()
    return f"{printable}_" if printable in _RESERVED else printable


def folder_name(name: str) -> str:
    """Return a platform's name for a student, changed as little as needed to name a folder."""
    plain = "".join(ch if ch.isprintable() and ch not in "/\\" else "_" for ch in name).strip()
    if len(plain.encode()) > _LONGEST:
        end = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:8]
        plain = plain.encode()[: _LONGEST - 9].decode(errors="ignore") + f"~{end}"
    if not plain or plain.startswith("."):
        plain = f"_{plain}"
    return f"{plain}_" if plain in _RESERVED else plain
