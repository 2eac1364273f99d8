"""Which functions of a student's file a function or class stands on: a mistake in those shows in it, too."""

import ast
from collections.abc import Mapping
from functools import lru_cache


def stands_on(text: str, name: str) -> list[str]:
    """Return what a function or class calls, directly or by way of others, in the order of the file.

    Args:
        text: the file's.
        name: of a function or class; a method, `Class.method`, stands for its class.
    """
    top = _top(text)
    found: set[str] = set()
    waiting = [name.partition(".")[0]]
    while waiting:
        new = _named(top, waiting.pop()) - found
        found |= new
        waiting += new
    return [other for other in top if other in found and other != name.partition(".")[0]]


@lru_cache(maxsize=4)
def _top(text: str) -> dict[str, ast.stmt]:
    """Return the functions and classes of a file, by name."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    try:
        body = ast.parse(text).body
    except SyntaxError:  # it was saved anew, half done, while its checks ran
        return {}
    return {node.name: node for node in body if isinstance(node, kinds)}


def _named(top: Mapping[str, ast.stmt], name: str) -> set[str]:
    """Return the functions and classes of the file that one of them names."""
    nodes = ast.walk(top[name]) if name in top else ()
    return {node.id for node in nodes if isinstance(node, ast.Name) and node.id in top}
