"""The master notebook for `otter assign`: the course's notebook, and a question for every check.

The tests of the questions hold no line of a check. At home, the test of a public check runs the check of that
name in the file beside the notebook, and the test of a hidden check always fails. No grade depends on them.
"""

import json
import sys
from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from autograder.checkspec import CheckSpec
from autograder.course.assignment import Assignment
from autograder.course.notebook import METADATA, notebook_text
from autograder.course.read_checks import read_checks
from autograder.platforms.gradescope.visibility import AFTER_PUBLISHED, Visibility
from autograder.platforms.pinned_requirements import pinned_requirements
from autograder.scoring import as_number

PLUGIN = "autograder.platforms.otter.plugin.GradingApart"

_PUBLIC = """\
def check():
    from autograder.checks.notebook import run_check
    run_check("test_{topic}.py::{check}")
"""
_HIDDEN = """\
# HIDDEN
def check():
    raise AssertionError("hidden checks are for the grader")
"""
_CHECKS = """\
## The checks, with otter-grader

Save `{topic}.py` and run a cell to see what its check says. These are the same public checks as above; the
last cell makes the zip to hand in."""


def master_notebook(assignment: Assignment, hidden: Visibility) -> NotebookNode:
    """Return the notebook.

    Args:
        assignment: the topic.
        hidden: when students see the results of hidden checks on Gradescope.
    """
    notebook: NotebookNode = nbformat.reads(notebook_text(assignment.notebook_source), as_version=4)
    config = f"# ASSIGNMENT CONFIG\n{json.dumps(_configuration(assignment.name, hidden), indent=2)}"
    questions = [
        cell
        for number, check in enumerate(read_checks(assignment.checks), start=1)
        for cell in _question(assignment.name, check, number)
    ]
    heading = new_markdown_cell(_CHECKS.format(topic=assignment.name))
    notebook.cells = [new_raw_cell(config), *notebook.cells, heading, *questions]
    return notebook


def empty_notebook() -> NotebookNode:
    """Return the notebook that otter runs instead of the student's."""
    notebook: NotebookNode = new_notebook(metadata=nbformat.from_dict(METADATA))
    return notebook


def _configuration(topic: str, hidden: Visibility) -> dict[str, object]:
    """Return otter's settings of an assignment; JSON is YAML."""
    return {
        "requirements": pinned_requirements(),
        "python_version": f"{sys.version_info.major}.{sys.version_info.minor}",
        "run_tests": False,  # the zip is tried when it is complete
        "export_cell": {"pdf": False, "run_tests": False, "ignore_log": True, "files": [f"{topic}.py"]},
        "tests": {"ok_format": False},
        "generate": {"show_hidden": hidden == AFTER_PUBLISHED},
        "plugins": [{PLUGIN: {"topic": topic}}],
    }


def _question(topic: str, check: CheckSpec, number: int) -> Iterator[NotebookNode]:
    """Yield the cells of one question; they don't even tell the names of hidden checks."""
    points = as_number(check.points)
    name = f"hidden-{number:02d}" if check.hidden else check.id
    yield new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: {points}")
    if not check.hidden:
        yield new_markdown_cell(f"**{check.title}** ({points:g} points)")
    yield new_raw_cell("# BEGIN TESTS")
    yield new_code_cell(_HIDDEN if check.hidden else _PUBLIC.format(topic=topic, check=check.id))
    yield new_raw_cell("# END TESTS")
    yield new_raw_cell("# END QUESTION")
