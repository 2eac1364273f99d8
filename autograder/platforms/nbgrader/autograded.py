"""The folder that nbgrader makes its feedback from: `autograded/<student>/<topic>/`."""

import filecmp
import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files

from autograder.errors import UserError

__all__ = ["write_autograded"]


def write_autograded(directory: CourseDirectory, submitted: Path, notebook: NotebookNode) -> bool:
    """Write what `nbgrader autograde` would: the student's files, the course's over them, and the notebook.

    Links and whatever else is no regular file are left out. The folder is replaced as a whole.

    Args:
        directory: the nbgrader course's.
        submitted: the student's folder of this topic.
        notebook: as it is to be shown.

    Returns:
        Whether it is new: False where all of it stood there already.

    Raises:
        UserError: it can't be written.
    """
    student, topic = submitted.parent.name, submitted.name
    folder = Path(directory.format_path(directory.autograded_directory, student, topic))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".autograded-", dir=folder.parent.parent) as staging:
            fresh, old = Path(staging, "fresh"), Path(staging, "old")
            fresh.mkdir()
            _fill(fresh, directory, submitted, notebook)
            if _same(fresh, folder):
                return False
            if folder.exists():
                folder.rename(old)
            fresh.rename(folder)
            return True
    except OSError as error:
        raise UserError(f"can't write {folder}: {error.strerror}; the grades are kept") from error


def _fill(fresh: Path, directory: CourseDirectory, submitted: Path, notebook: NotebookNode) -> None:
    topic = submitted.name
    source = Path(directory.format_path(directory.source_directory, ".", topic))
    _copy(submitted, fresh, directory.ignore, but="")
    _copy(source, fresh, directory.ignore, but=f"{topic}.py")
    (fresh / f"{topic}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    for path in fresh.rglob("*"):
        if path.is_file():
            path.chmod(0o664 if directory.groupshared else 0o444)


def _copy(origin: Path, to: Path, ignore: list[str], but: str) -> None:
    for name in find_all_files(str(origin), [*ignore, "*.ipynb"]):
        path = Path(name)
        place = to / path.relative_to(origin)
        if path.is_file() and not path.is_symlink() and str(place.relative_to(to)) != but:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            shutil.copyfile(path, place)


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files."""
    names = _names(one)
    return names == _names(other) and not any(filecmp.cmpfiles(one, other, names, shallow=False)[1:])


def _names(folder: Path) -> list[str]:
    return sorted(
        os.path.relpath(Path(parent, name), folder) for parent, _, names in os.walk(folder) for name in names
    )
