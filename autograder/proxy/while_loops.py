"""A limit for our own variants' `while` loops: counted in turns, so that it is the same on every machine.

What nothing stops is a loop that never ends, and of all that a variant may hold only `while` makes one.
"""

import ast
from functools import lru_cache
from types import CodeType, ModuleType
from typing import Final

#: Turns of all `while` loops of a module in one check, far more than a right one makes.
MOST_TURNS: Final = 100_000
_TURNS: Final = "__turns_left__"


@lru_cache(maxsize=512)
def compiled_with_limit(source: str, file: str) -> CodeType:
    """Return the code of a module whose `while` loops raise IndexError in the end.

    Args:
        source: the module's text.
        file: the name that tracebacks give.

    Raises:
        SyntaxError: the source is not Python.
    """
    tree = _Limited().visit(ast.parse(source, file))
    return compile(tree, file, "exec", dont_inherit=True)


def allow_turns(module: ModuleType) -> None:
    """Give a module that is about to be executed its turns."""
    setattr(module, _TURNS, bytearray(MOST_TURNS))


class _Limited(ast.NodeTransformer):
    """Takes one turn away at the head of each: not a Python line of its own, since lines are counted."""

    def visit_While(self, node: ast.While) -> ast.AST:
        self.generic_visit(node)
        (taken,) = ast.parse(f"{_TURNS}.pop()").body
        for part in ast.walk(taken):
            ast.copy_location(part, node.body[0])
        node.body.insert(0, taken)
        return node
