"""Make a topic's notebook from its source in text."""

from pathlib import Path

import jupytext
import nbformat
from jsonschema import ValidationError

from autograder.course.clearing import clear_notebook
from autograder.course.regions import read_checked
from autograder.errors import UserError

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook_text(source: Path) -> str:
    """Return the text of the .ipynb file that the jupytext source (Markdown or MyST) describes.

    Cells are numbered in order, so that equal sources give equal bytes; there are no outputs.

    Raises:
        UserError: the file is missing, its header is wrong, or a region in it is not closed.
    """
    text = read_checked(source)
    try:
        notebook = clear_notebook(jupytext.reads(text, fmt="md"))
    except (ValueError, ValidationError) as error:
        raise UserError(
            f"{source}: jupytext can't read this as a notebook: {str(error).splitlines()[0]}"
        ) from error
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"{source.stem}-{number:02d}"
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"
