"""Which packages an assignment forbids, as its module declares them."""

import ast
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.errors import UserError

__all__ = ["forbidden_in"]

_NAME = "FORBIDDEN"
#: What every submission may import: without them nothing here works.
_OFFERED = frozenset(sys.stdlib_module_names) | {"numpy", "matplotlib"}


def forbidden_in(module: Path) -> tuple[str, ...]:
    """Return the names in a module's `FORBIDDEN = ("torch", ...)`. It is read, not run.

    Args:
        module: when grading the reference, never the submission; at home the student's own file, which came
            with the list in it.

    Returns:
        Names of packages; none where the file declares none, or is not there.

    Raises:
        UserError: the declaration is something else.
        SyntaxError: the file is not Python.
    """
    return _declared(module.read_bytes(), module) if module.is_file() else ()


@lru_cache(maxsize=16)
def _declared(source: bytes, module: Path) -> tuple[str, ...]:
    """Read it once, though every check asks."""
    for statement in ast.parse(source, str(module)).body:
        if isinstance(statement, ast.Assign) and _NAME in map(ast.unparse, statement.targets):
            return _names(statement, module)
    return ()


def _names(statement: ast.Assign, module: Path) -> tuple[str, ...]:
    place = f"{module}, line {statement.lineno}: {_NAME}"
    value = _value(statement.value)
    if not isinstance(value, tuple) or not all(isinstance(n, str) and n.isidentifier() for n in value):
        raise UserError(f'{place} should be names of packages in parentheses, like ("jax", "torch")')
    if offered := _OFFERED.intersection(value):
        raise UserError(f"{place} holds {min(offered)}, which can't be forbidden; take it out")
    return value


def _value(expression: ast.expr) -> Any:
    try:
        return ast.literal_eval(expression)
    except ValueError:
        return None
