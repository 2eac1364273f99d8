"""Which topic a notebook works on, and where its files are."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.errors import UserError

#: Where Colab keeps what is uploaded, and what it shows of one's Drive once that is mounted.
_UPLOADED, _DRIVE = Path("/content"), Path("/content/drive/MyDrive")
_opened: list[Path] = []


class NotebookError(UserError):
    """Something keeps the notebook from going on; a notebook shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows in place of a traceback."""
        return str(self).splitlines()


def find_folder(topic: str, variables: dict[str, Any]) -> Path:
    """Return the folder with a topic's file and its checks.

    Args:
        topic: its name.
        variables: the notebook's; VS Code tells there where the notebook is.

    Raises:
        NotebookError: it is at none of the likely places.
    """
    for place in _likely(variables):
        for folder in (place, place / topic, place / "assignments" / topic):
            if _is_the_topics(folder, topic):
                return folder.resolve()
    raise NotebookError(
        f"{topic}.py and test_{topic}.py are not in {Path.cwd()}, nor in a folder {topic} there. "
        f'Say where they are: start("{topic}", folder="...")'
    )


def open_folder(topic: str, folder: Path) -> Path:
    """Make a folder the one that the notebook works in; return the student's file.

    Raises:
        NotebookError: the topic's files are not there.
    """
    folder = folder.expanduser().resolve()
    if not _is_the_topics(folder, topic):
        raise NotebookError(
            f"{topic}.py and test_{topic}.py are not in {folder}; is it the assignment's folder?"
        )
    os.chdir(folder)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    _opened[:] = [folder / f"test_{topic}.py"]
    return folder / f"{topic}.py"


def opened_checks() -> Path:
    """Return the file of checks of the topic that was opened, or else of the one in this folder.

    Raises:
        NotebookError: there is none.
    """
    found = _opened or sorted(Path.cwd().glob("test_*.py"))
    if len(found) != 1:
        raise NotebookError(
            'run the first cell, which has start("...") in it: check() needs to know the topic'
        )
    return found[0]


def _is_the_topics(folder: Path, topic: str) -> bool:
    return (folder / f"{topic}.py").is_file() and (folder / f"test_{topic}.py").is_file()


def _likely(variables: dict[str, Any]) -> Iterator[Path]:
    """Yield where the files may be: here, beside the notebook as editors tell it, and in Colab's folders."""
    yield Path.cwd()
    for notebook in (variables.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if notebook:
            yield Path(notebook).parent
    yield Path.cwd().parent
    yield _UPLOADED
    yield _DRIVE
    yield from _DRIVE.glob("*/")
