"""The shapes of the arrays in a line whose arrays don't fit one another: NumPy names neither."""

import ast
import re
import traceback
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from autograder.home.places import Source

#: What NumPy says where shapes don't fit.
_MISFIT = re.compile(
    r"matmul: Input operand|could not be broadcast|not aligned|shape[- ]mismatch|cannot reshape"
    r"|all the input array|boolean index did not match"
)
_MATMUL = re.compile(r"^matmul: .*\(size (\d+) is different from (\d+)\)$", re.DOTALL)
#: Arrays that are told.
_MOST = 4


def misfit(error: BaseException, source: Source) -> str:
    """Return the message of an error about shapes in words, with the line's arrays; else the message.

    Args:
        error: with its traceback.
        source: the student's file.
    """
    message = str(error)
    if not (isinstance(error, (ValueError, IndexError)) and _MISFIT.search(message)):
        return message
    found = _MATMUL.match(message)
    if found is not None:
        message = (
            f"the matrices don't fit: the rows of the left one have {found[2]} entries, the columns of the "
            f"right one {found[1]}"
        )
    arrays = dict(_arrays(error.__traceback__, source))
    shapes = [f"{name} has shape {shape}" for name, shape in arrays.items()][:_MOST]
    return f"{message}. {', '.join(shapes)}." if shapes else message


def _arrays(trace: TracebackType | None, source: Source) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give the arrays that the student's failing line names, in the order in which they stand there."""
    own = [(frame, line) for frame, line in traceback.walk_tb(trace) if source.holds(frame)]
    statement = _statement(source.text, own[-1][1]) if own else None
    if statement is None:
        return
    known = _names(own[-1][0])
    nodes = [node for node in ast.walk(statement) if isinstance(node, (ast.Name, ast.Attribute))]
    transposed = {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr == "T"}
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        value = _value(node, known) if id(node) not in transposed else None
        if isinstance(value, np.ndarray) and value.ndim and _is_read(node):
            yield ast.unparse(node), value.shape


def _statement(text: str, line: int) -> ast.stmt | None:
    """Return the innermost statement of one line, or of few, that a line belongs to."""
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    innermost = max(found, key=lambda node: node.lineno, default=None)
    return None if innermost is None or hasattr(innermost, "body") else innermost


def _names(frame: FrameType) -> Mapping[str, Any]:
    return {**frame.f_globals, **frame.f_locals}


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    """Return the value of a name, or of a name's `.T`; nothing of the student's is executed for it."""
    match node:
        case ast.Name(id=name):
            return known.get(name)
        case ast.Attribute(value=ast.Name(id=name), attr="T") if type(known.get(name)) is np.ndarray:
            return known[name].T
    return None


def _is_read(node: ast.Name | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load)
