"""Which names a check mentions, read off the source of its file: nothing is run."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.course.regions import read_checked


def mentions_in(path: Path) -> dict[str, frozenset[str]]:
    """Return the attributes and words that each check mentions, by the check's name.

    What it mentions by way of a helper or a constant at the top of the file counts, and so do the parameters
    of its cases.

    Raises:
        UserError: the file can't be read.
    """
    module = ast.parse(read_checked(path))
    top = dict(_top(module))
    return {
        name: frozenset(_words([node], top))
        for name, node in top.items()
        if isinstance(node, ast.FunctionDef)
    }


def _top(module: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Give what is defined at the top of a file, by its name."""
    for node in module.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from ((target.id, node) for target in node.targets if isinstance(target, ast.Name))


def _words(waiting: list[ast.stmt], top: Mapping[str, ast.stmt]) -> Iterator[str]:
    seen: set[str] = set()
    while waiting:
        for node in ast.walk(waiting.pop()):
            match node:
                case ast.Attribute(attr=word) | ast.Constant(value=str(word)):
                    yield word
                case ast.Name(id=name) if name in top and name not in seen:
                    seen.add(name)
                    waiting.append(top[name])
