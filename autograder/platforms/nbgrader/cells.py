"""The cells that nbgrader grades: one per check, and a question to answer in words."""

from collections.abc import Collection, Mapping, Sequence

import nbformat
from nbformat import NotebookNode

from autograder.checkspec import CheckSpec

QUESTION_ID = "in-your-own-words"

_QUESTION = """\
## In your own words

Which of your functions do you trust least, and what would convince you that it is right? A few sentences
will do.\
"""
_CHECKS = """\
## What is graded

A cell for each check. Those that you have run on your `{topic}.py` when you run them. The others are hidden:
they run when your work is graded.\
"""
_PUBLIC = """\
# {title}: {points}
from autograder.checks.notebook import run_check

run_check("test_{topic}.py::{id}")\
"""
_HIDDEN = """\
# {title}: {points}
from autograder.checks.notebook import hidden_check

hidden_check()\
"""


def graded_cells(
    topic: str, checks: Sequence[CheckSpec], public: Collection[str], manual_points: Mapping[str, float]
) -> list[NotebookNode]:
    """Return the cells that come after those of a topic's notebook.

    Args:
        topic: the assignment's name.
        checks: all of its checks.
        public: the ids of the checks that students have.
        manual_points: what answers in words are worth, by the id of their cell; 0 for the others.
    """
    return [
        nbformat.v4.new_markdown_cell(_QUESTION),
        _answer(manual_points.get(QUESTION_ID, 0)),
        nbformat.v4.new_markdown_cell(_CHECKS.format(topic=topic)),
        *(_check(topic, check, _PUBLIC if check.id in public else _HIDDEN) for check in checks),
    ]


def grade_id(cell: NotebookNode) -> str | None:
    """Return the id by which nbgrader knows a cell; None if the cell has none."""
    metadata = cell.get("metadata")
    mine = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = mine.get("grade_id") if isinstance(mine, dict) else None
    return name if isinstance(name, str) and name else None


def is_answer(cell: NotebookNode) -> bool:
    """Whether a cell of a source or release is for the student to write in."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _answer(points: float) -> NotebookNode:
    metadata = _metadata(QUESTION_ID, points) | {"solution": True, "locked": False}
    return nbformat.v4.new_markdown_cell("Your answer.", metadata={"nbgrader": metadata})


def _check(topic: str, check: CheckSpec, template: str) -> NotebookNode:
    points = f"{float(check.points):.4g} point{'' if check.points == 1 else 's'}"
    source = template.format(topic=topic, id=check.id, title=check.title, points=points)
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": _metadata(check.id, float(check.points))})


def _metadata(name: str, points: float) -> dict[str, object]:
    return {
        "grade": True,
        "grade_id": name,
        "locked": True,
        "points": points,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
