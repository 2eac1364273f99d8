"""Finding the submissions of a class: a folder of folders or zips, one per student."""

import hashlib
from pathlib import Path

from autograder.errors import UserError

#: Files that a run writes beside the students' folders; a student of that name gets a longer one.
_RESERVED = {"grades.csv", "scores.png", "taken.csv"}
#: Bytes of a student's name; file systems allow 255.
_LONGEST = 200


def find_submissions(folder: Path, module: str = "") -> list[Path]:
    """Return the submissions in a class's folder, sorted by name.

    Args:
        folder: holds one folder or zip per student.
        module: name of the assignment's module; where it lies in `folder` itself, that is one submission.

    Raises:
        UserError: there is no such folder, or nothing in it could be a submission.
    """
    if not folder.is_dir():
        raise UserError(
            f"there is no folder {folder}; give the folder that holds one folder or zip per student"
        )
    if module and (folder / f"{module}.py").is_file():
        raise UserError(
            f"{folder} holds a file {module}.py, so it is one submission; give the folder above it"
        )
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UserError(f"the folder {folder} can't be read: {error.strerror}") from error
    found = [e for e in entries if not e.name.startswith(".") and (e.is_dir() or e.suffix.lower() == ".zip")]
    if not found:
        raise UserError(f"there are no submissions in {folder}; it must hold one folder or zip per student")
    _unique(found)
    return found


def student_name(path: Path) -> str:
    """Return the student's name: that of the folder, or of the zip without its ending."""
    name = path.name if path.is_dir() else path.stem
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


def _unique(paths: list[Path]) -> None:
    names: dict[str, Path] = {}
    for path in paths:
        other = names.setdefault(student_name(path), path)
        if other is not path:
            raise UserError(f"{other.name} and {path.name} are submissions of one name; rename one of them")
