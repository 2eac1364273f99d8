"""A topic's notebook as nbgrader's source: what `autograder build` makes, and the cells that are graded."""

import hashlib
import json
from collections.abc import Mapping

import nbformat

from autograder.course.assignment import Assignment
from autograder.course.clearing import clear_module
from autograder.course.notebook import notebook_text
from autograder.course.read_checks import checks_of, read_checks
from autograder.platforms.nbgrader.cells import grade_id, graded_cells, is_answer


def source_notebook(assignment: Assignment, manual: Mapping[str, float]) -> str:
    """Return the text of `source/<topic>/<topic>.ipynb`; equal sources give equal bytes.

    Args:
        assignment: the topic.
        manual: the points of answers in words, by the id of their cell.

    Raises:
        UserError: as `notebook_text` does, or the checks are invalid.
    """
    notebook = nbformat.reads(notebook_text(assignment.notebook_source), as_version=4)
    checks, name = assignment.checks, str(assignment.checks)
    public = {check.id for check in checks_of(clear_module(checks), name)}
    notebook.cells += graded_cells(assignment.name, read_checks(checks), public, manual)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"{assignment.name}-{number:02d}"
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def manual_points(text: str) -> dict[str, float]:
    """Return what the answers in words are worth in a source notebook, by the id of their cell."""
    cells = nbformat.reads(text, as_version=4).cells
    return {str(grade_id(cell)): cell.metadata.nbgrader.points for cell in cells if is_answer(cell)}


def notebook_digest(text: str) -> str:
    """Return a digest of what a person may edit in a source notebook, without the points of answers."""
    held = [
        (
            cell.cell_type,
            cell.source,
            {**cell.metadata.get("nbgrader", {}), **({"points": 0} if is_answer(cell) else {})},
        )
        for cell in nbformat.reads(text, as_version=4).cells
    ]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
