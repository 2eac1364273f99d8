"""The sentence about an error in a line of the check's own: it comes of what the student's code gave."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.answers.kinds import kind_of, listed
from autograder.answers.traces import entries, failed_at, file_of

#: So many values are told, and characters of a text among them.
_MOST, _LONGEST = 4, 40
_ANSWERS = (np.ndarray, np.generic, int, float, complex, list, tuple, dict, type(None))


def stumbled(error: BaseException) -> str:
    """Say what a check could not do with the answers that it got; empty where its own lines are not why.

    It tells the expression that failed and of what kind the values in it are, the same at home and when
    grading. The values themselves are not told, except short texts, which are names such as "W1".

    Args:
        error: what ended the check, with its traceback.
    """
    found = list(entries(error.__traceback__))
    own = [i for i, entry in enumerate(found) if file_of(entry).name.startswith("test_")]
    if not own or getattr(error, "student_frames", None):
        return ""
    last, deeper = found[own[-1]], found[own[-1] + 1 :]
    if any(file_of(entry).parent == file_of(last).parent for entry in deeper):
        return ""  # a module beside the checks: the student's
    return _sentence(error, failed_at(last), last.tb_frame.f_locals)


def _sentence(error: BaseException, source: str, values: Mapping[str, Any]) -> str:
    tree = _parsed(source)
    if isinstance(error, KeyError) and error.args and isinstance(tree, ast.Subscript):
        return f"{ast.unparse(tree.value)} has no {error.args[0]!r}; your code should have put it there"
    kinds = list(dict.fromkeys(_kinds(tree, values)))[:_MOST]
    where = f" in `{source}`" if source else ""
    given = f": {listed(kinds)}" if kinds else ""
    return f"The check can't use what your code gave{where}{given} ({type(error).__name__}: {error})"


def _parsed(source: str) -> ast.expr | None:
    try:
        return ast.parse(source, mode="eval").body
    except SyntaxError:  # a statement, or a part of one
        return None


def _kinds(tree: ast.expr | None, values: Mapping[str, Any]) -> Iterator[str]:
    """Say of what kind the values in an expression are, and which names the check had at hand."""
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Name) and isinstance(values.get(node.id, ...), _ANSWERS):
            yield f"{node.id} is {kind_of(values[node.id])}"
    for name, value in values.items():
        if isinstance(value, str) and 0 < len(value) <= _LONGEST:
            yield f"{name} is {value!r}"
