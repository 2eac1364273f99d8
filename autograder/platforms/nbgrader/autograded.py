"""The folder that nbgrader makes its feedback from: `autograded/<student>/<topic>/`."""

import filecmp
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files

from autograder.files import replace_folder


def write_autograded(directory: CourseDirectory, submitted: Path, notebook: NotebookNode) -> bool:
    """Write what `nbgrader autograde` writes: the student's files, the course's over them, and the notebook.

    Only regular files are copied, no links. The folder is replaced as a whole.

    Args:
        directory: the folders of the nbgrader course.
        submitted: the student's folder of this topic.
        notebook: as the student will see it.

    Returns:
        Whether anything is new: False if the folder was like this already.

    Raises:
        OSError: it can't be written.
    """
    student, topic = submitted.parent.name, submitted.name
    folder = Path(directory.format_path(directory.autograded_directory, student, topic))
    source = Path(directory.format_path(directory.source_directory, ".", topic))
    course = _regular_files(source, [*directory.ignore, f"{topic}.py"])
    own = _regular_files(submitted, directory.ignore)
    files = {name: path for name, path in own.items() if not _in_the_way(name, course)} | course
    text = f"{nbformat.writes(notebook)}\n".encode()
    if _holds(folder, files, f"{topic}.ipynb", text):
        return False
    with replace_folder(folder) as fresh:
        for name, path in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, fresh / name)
        (fresh / f"{topic}.ipynb").write_bytes(text)
        for path in fresh.rglob("*"):
            if path.is_file():
                path.chmod(0o664 if directory.groupshared else 0o444)
    return True


def _regular_files(folder: Path, ignore: Iterable[str]) -> dict[str, Path]:
    """Return the regular files in a folder by relative name, without notebooks and what is to be ignored."""
    found = map(Path, find_all_files(str(folder), [*ignore, "*.ipynb"]))
    return {str(path.relative_to(folder)): path for path in found if path.is_file() and not path.is_symlink()}


def _in_the_way(name: str, others: Iterable[str]) -> bool:
    """Whether a file of this name can't lie beside the others: where it has a folder, another has a file."""
    return any(f"{name}/".startswith(f"{other}/") or f"{other}/".startswith(f"{name}/") for other in others)


def _holds(folder: Path, files: Mapping[str, Path], notebook: str, text: bytes) -> bool:
    """Whether a folder holds these files, a notebook with this text, and nothing else."""
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    return (
        there == {*files, notebook}
        and (folder / notebook).read_bytes() == text
        and all(filecmp.cmp(path, folder / name, shallow=False) for name, path in files.items())
    )
