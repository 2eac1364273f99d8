"""Whether an import is guarded: somebody has written what is to be done where it fails."""

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import NamedTuple

#: What an `except` has to name to take the `ModuleNotFoundError` of an import.
_TAKING = {"ModuleNotFoundError", "ImportError", "Exception", "BaseException"}
#: Calls that end the program; a handler that ends so does not go on without the package.
_ENDING = {"exit", "quit", "_exit"}


def is_guarded(frame: FrameType | None, is_own: Callable[[str], bool]) -> bool:
    """Return whether a failed import would be taken care of by any caller of the submission's.

    Args:
        frame: the innermost caller.
        is_own: whether a file belongs to the submission.
    """
    while frame is not None:
        file = frame.f_code.co_filename
        if is_own(file) and _line_is_guarded(Path(file), frame.f_lineno):
            return True
        frame = frame.f_back
    return False


def guarded_in(source: bytes, line: int) -> bool:
    """Return whether a line is in a `try` that takes a failed import, or in `contextlib.suppress`.

    What a function does is guarded within the function or by whoever calls it, not by where it is defined.

    Args:
        source: of the module.
        line: its number, from 1.

    Raises:
        SyntaxError, ValueError: the source is not Python.
    """
    around = [span for span in _spans(source) if span.first <= line <= span.last]
    # Of spans of equal length the inner one comes last.
    innermost = min(reversed(around), key=lambda span: span.last - span.first, default=None)
    return innermost is not None and innermost.guarded


def _line_is_guarded(file: Path, line: int) -> bool:
    try:
        return guarded_in(file.read_bytes(), line)
    except (OSError, SyntaxError, ValueError):  # changed since it was imported, or code that claims to be it
        return False


class _Span(NamedTuple):
    """Lines that are guarded, or the lines of a function, where nothing around them matters."""

    first: int
    last: int
    guarded: bool


@lru_cache(maxsize=64)
def _spans(source: bytes) -> list[_Span]:
    return list(_find_spans(ast.parse(source)))


def _find_spans(tree: ast.Module) -> Iterator[_Span]:
    for node in ast.walk(tree):  # outer nodes come before inner ones
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield _span(node.body, guarded=False)
        elif isinstance(node, (ast.Try, ast.TryStar)):
            if _goes_on(node.handlers):
                yield _span(node.body, guarded=True)
        elif isinstance(node, ast.With) and any(_suppresses(item.context_expr) for item in node.items):
            yield _span(node.body, guarded=True)


def _span(body: list[ast.stmt], guarded: bool) -> _Span:
    return _Span(body[0].lineno, body[-1].end_lineno or body[-1].lineno, guarded)


def _goes_on(handlers: list[ast.ExceptHandler]) -> bool:
    """Return whether the handler that takes a failed import does something other than end the program."""
    taking = next((h for h in handlers if h.type is None or _takes(h.type)), None)
    if taking is None:
        return False
    last = taking.body[-1]
    ends = (
        isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and _name(last.value.func) in _ENDING
    )
    return not ends and not isinstance(last, ast.Raise)


def _takes(kind: ast.expr) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(_name(one) in _TAKING for one in kinds)


def _suppresses(context: ast.expr) -> bool:
    return (
        isinstance(context, ast.Call) and _name(context.func) == "suppress" and any(map(_takes, context.args))
    )


def _name(expression: ast.expr) -> str:
    """Return the last part of a dotted name; empty for any other expression."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""
