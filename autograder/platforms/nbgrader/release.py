"""The notebook that students got."""

from pathlib import Path

from nbformat import NotebookNode

from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.errors import UserError
from autograder.platforms.nbgrader.cells import grade_id, is_answer
from autograder.platforms.nbgrader.restore import read_notebook


def read_release(folder: Path, topic: Assignment) -> NotebookNode:
    """Return the notebook that students got.

    Args:
        folder: the release of this topic.
        topic: the notebook should hold a cell for each of its checks.

    Raises:
        UserError: the notebook can't be read, or was made from other checks.
    """
    path = folder / f"{topic.name}.ipynb"
    notebook = read_notebook(path)
    if notebook is None:
        raise UserError(f"{path} can't be read; run `nbgrader generate_assignment {topic.name}` first")
    held = {
        grade_id(cell): cell.metadata.nbgrader.points
        for cell in notebook.cells
        if cell.cell_type == "code" and grade_id(cell) and not is_answer(cell)
    }
    if held != {check.id: float(check.points) for check in read_checks(topic.checks)}:
        raise UserError(
            f"the checks of {topic.name} are not those that {path} was made from; "
            f"run `autograder nbgrader` and `nbgrader generate_assignment {topic.name}` again"
        )
    return notebook
