"""The first cell of a topic's notebook: where its files are, reloading what is saved, its looks."""

import sys
from pathlib import Path

from autograder.checks.notebook import prepare_notebook
from autograder.notebook.opened import NotebookError, find_folder, open_folder
from autograder.notebook.saved_file import SavedFile, watch


def start(topic: str, folder: str | Path | None = None) -> None:
    """Make the notebook ready to `import` the topic's file, which is reloaded whenever it is saved.

    While the saved file can't be executed, cells stop with a sentence: they would use the code from before.

    Args:
        topic: the assignment's name.
        folder: where its files are, if they are not found by themselves.

    Raises:
        NotebookError: the files are not found, or the file can't be executed.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    where = Path(folder) if folder is not None else find_folder(topic, shell.user_ns if shell else {})
    saved = SavedFile(open_folder(topic, where))
    prepare_notebook()
    if shell is not None:
        watch(saved, shell)
        shell.run_line_magic("matplotlib", "inline")
    if saved.problem:
        raise NotebookError(saved.problem)
