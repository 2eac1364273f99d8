"""A grade as outputs of a notebook's cells: nbgrader reads the points in them, students the feedback."""

from fractions import Fraction
from html import escape

import nbformat
from nbformat import NotebookNode

from autograder.grading.result import CheckResult, Grade
from autograder.platforms.nbgrader.cells import grade_id
from autograder.platforms.nbgrader.restore import harmless
from autograder.verdicts import CheckVerdict

_GREEN, _GREY, _RED = "#1a7f37", "#6e7781", "#b42318"
_PANEL = """\
<div style="border-left: 4px solid {color}; margin-bottom: 1em; padding: 2px 12px; line-height: 1.45">
<div><b style="color: {color}">{verdict}</b> &middot; {points:g}/{max_points:g} points &middot; {title}</div>
{text}</div>
"""
_TEXT = '<div style="white-space: pre-wrap; overflow-wrap: anywhere">{}</div>\n'
_ADVICE = '<div style="margin-top: 0.5em"><em>{}</em></div>\n'


def show_grade(notebook: NotebookNode, grade: Grade) -> None:
    """Give each check's cell, in place, an output that nbgrader reads as the points earned.

    The output is the cell's result, a number, with the feedback as HTML beside it. It has no instructor's
    details.
    """
    results = {check.id: check for check in grade.checks}
    for cell in notebook.cells:
        check = results.get(grade_id(cell) or "")
        if check is not None:
            cell.outputs = [_output(check)]
    if grade.feedback:
        said = nbformat.v4.new_markdown_cell(
            f"> {harmless(' '.join(grade.feedback.split()))}", id="on-the-whole"
        )
        notebook.cells.insert(0, said)


def _output(check: CheckResult) -> NotebookNode:
    output: NotebookNode = nbformat.v4.new_output(
        "execute_result",
        {"text/plain": repr(float(Fraction(check.exact_points))), "text/html": _panel(check)},
    )
    return output


def _panel(check: CheckResult) -> str:
    color = {CheckVerdict.PASSED: _GREEN, CheckVerdict.NOT_STARTED: _GREY}.get(check.verdict, _RED)
    return _PANEL.format(
        color=color,
        verdict=escape(check.verdict.capitalize()),
        points=check.points,
        max_points=check.max_points,
        title=escape(check.title),
        text="" if check.verdict == CheckVerdict.PASSED else _text(check),
    )


def _text(check: CheckResult) -> str:
    advice = _ADVICE.format(escape(check.advice)) if check.advice else ""
    return (_TEXT.format(escape(check.rationale)) if check.rationale else "") + advice
