"""Take the solutions and the hidden checks out of a source, with nbgrader's own preprocessors."""

import ast
import re
from pathlib import Path
from typing import cast

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

from autograder.course.regions import PLACEHOLDER, read_checked
from autograder.errors import UserError


def clear_notebook(notebook: NotebookNode) -> NotebookNode:
    """Clear the notebook's cells, in place: solutions become the placeholder, hidden checks vanish."""
    solutions = ClearSolutions(code_stub={"python": PLACEHOLDER}, enforce_metadata=False)
    hidden = ClearHiddenTests(enforce_metadata=False)
    for preprocessor in (solutions, hidden):
        notebook, _ = preprocessor.preprocess(notebook, {})
    return notebook


def clear_module(path: Path) -> str:
    """Return the text of the Python file at `path` as a student may see it.

    Raises:
        UserError: the file is missing, a region in it is not closed, or what remains can't be imported.
    """
    source = read_checked(path)
    cell = nbformat.v4.new_code_cell(source)
    cleared = cast(str, clear_notebook(nbformat.v4.new_notebook(cells=[cell])).cells[0].source)
    text = re.sub(r"\n{4,}", "\n\n\n", cleared).strip("\n") + "\n"
    _check_importable(text, path)
    return text


def _check_importable(text: str, path: Path) -> None:
    advice = "look at where its regions begin and end, and at their indentation"
    try:
        module = ast.parse(text)
    except SyntaxError as error:
        line = (error.text or "").strip()
        raise UserError(
            f"{path}: without its regions this is not Python ({error.msg}: {line!r}); {advice}"
        ) from error
    if any(isinstance(statement, ast.Raise) for statement in module.body):
        raise UserError(f"{path}: a solution's placeholder stands outside of any function; {advice}")
