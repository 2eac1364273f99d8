"""What an assignment's module declares: packages it forbids, and functions whose result holds a handle."""

import ast
import sys
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from autograder.errors import UserError

#: What every submission may import: without them nothing here works.
_OFFERED = frozenset(sys.stdlib_module_names) | {"numpy", "matplotlib"}
_WANTED = {
    "FORBIDDEN": 'names of packages in parentheses, like ("jax", "torch")',
    "HANDLES": 'names of functions in parentheses, like ("conv_forward_naive", "relu_forward")',
}


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
    return _declared(module, "FORBIDDEN") or ()


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
    return _declared(module, "HANDLES")


def keeps_second(function: str, handles: Collection[str] | None) -> bool:
    """Return whether, of a pair that a function returns, the second value stays with the student's code.

    Args:
        function: its name, or that of a method after its class and a dot.
        handles: what the assignment declares; None where it declares nothing.
    """
    return "_forward" in function if handles is None else function.rpartition(".")[2] in handles


def _declared(module: Path, name: str) -> tuple[str, ...] | None:
    return _read(module.read_bytes(), module, name) if module.is_file() else None


@lru_cache(maxsize=32)
def _read(source: bytes, module: Path, name: str) -> tuple[str, ...] | None:
    """Read it once, though every check asks."""
    for statement in ast.parse(source, str(module)).body:
        if isinstance(statement, ast.Assign) and name in map(ast.unparse, statement.targets):
            place = f"{module}, line {statement.lineno}: {name}"
            try:
                value = ast.literal_eval(statement.value)
            except ValueError:
                value = None
            if not isinstance(value, tuple) or not all(
                isinstance(n, str) and n.isidentifier() for n in value
            ):
                raise UserError(f"{place} should be {_WANTED[name]}")
            if name == "FORBIDDEN" and (held := _OFFERED.intersection(value)):
                raise UserError(f"{place} holds {min(held)}, which can't be forbidden; take it out")
            return value
    return None
