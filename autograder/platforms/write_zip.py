"""Writing a zip: equal files give equal bytes, and only a zip that was made here is overwritten."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.course.secret import SECRET_FILE
from autograder.errors import UserError
from autograder.files import write_atomically, zipped

_PROGRAMS = ("run_autograder", ".sh")


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the zip atomically. Only its owner can read it, since it holds solutions and the grading secret.

    Raises:
        UserError: it can't be written, or another kind of file is there.
    """
    if path.exists() and not _is_autograder(path):
        raise UserError(f"{path} exists and is no Gradescope autograder; remove it or name another file")
    try:
        write_atomically(path, zipped(files, _mode), mode=0o600)
    except OSError as error:
        raise UserError(f"can't write {path}: {error.strerror}") from error


def _mode(name: str) -> int:
    if name == SECRET_FILE:
        return 0o600
    return 0o755 if name.endswith(_PROGRAMS) else 0o644


def _is_autograder(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "run_autograder" in archive.namelist()
