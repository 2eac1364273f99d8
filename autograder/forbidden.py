"""What an assignment's module declares: packages it forbids, and functions whose result holds a handle."""

import ast
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from autograder.errors import UserError

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
    found = _declared(module, "FORBIDDEN", 'names of packages in parentheses, like ("jax", "torch")')
    if found is None:
        return ()
    if offered := _OFFERED.intersection(found.names):
        raise UserError(f"{found.place} holds {min(offered)}, which can't be forbidden; take it out")
    return found.names


def handles_in(module: Path) -> tuple[str, ...] | None:
    """Return the names in a module's `HANDLES = ("conv_forward_naive", ...)`. It is read, not run.

    Of a pair that one of these functions returns, the second value stays in the sandbox as a handle.

    Args:
        module: the reference, never the submission.

    Returns:
        Names of functions and methods; None where the file declares none, or is not there.

    Raises:
        UserError: the declaration is something else.
        SyntaxError: the file is not Python.
    """
    wanted = 'names of functions in parentheses, like ("conv_forward_naive", "relu_forward")'
    found = _declared(module, "HANDLES", wanted)
    return None if found is None else found.names


class _Declaration(NamedTuple):
    """The names, and where they stand."""

    names: tuple[str, ...]
    place: str


def _declared(module: Path, name: str, wanted: str) -> _Declaration | None:
    return _read(module.read_bytes(), module, name, wanted) if module.is_file() else None


@lru_cache(maxsize=32)
def _read(source: bytes, module: Path, name: str, wanted: str) -> _Declaration | None:
    """Read it once, though every check asks."""
    for statement in ast.parse(source, str(module)).body:
        if isinstance(statement, ast.Assign) and name in map(ast.unparse, statement.targets):
            place = f"{module}, line {statement.lineno}: {name}"
            value = _value(statement.value)
            if isinstance(value, tuple) and all(isinstance(n, str) and n.isidentifier() for n in value):
                return _Declaration(value, place)
            raise UserError(f"{place} should be {wanted}")
    return None


def _value(expression: ast.expr) -> Any:
    try:
        return ast.literal_eval(expression)
    except ValueError:
        return None
