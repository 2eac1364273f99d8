"""What a module's functions promise, read off its annotations and docstrings; nothing is run."""

import ast
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from autograder.answers.kinds import is_number, listed

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_NUMBER, _ARRAY, _TEXT, _ANYTHING = "a single number", "an array", "text", "anything"
_KINDS = {"float": _NUMBER, "int": _NUMBER, "bool": _NUMBER, "str": _TEXT}
_ARRAYS = {"Array", "ndarray", "NDArray", "list", "Sequence"}
#: A word with which a description begins, which is written small within a sentence; and what some then need.
_SMALL = re.compile(r"^(?!True\b|False\b|None\b)(?:A|[A-Z][a-z]+)(?=\s)")
_ARTICLES = {"array": "an array", "gradient": "the gradient", "loss": "the loss"}


class Parameter(NamedTuple):
    """A parameter, and the text of its default; None where it has none."""

    name: str
    default: str | None


@dataclass(frozen=True)
class Promise:
    """What a function takes and returns.

    Attributes:
        parameters: in order, `self` included.
        values: the kind of each value that it returns; empty where nothing is said.
        several: whether these values are a tuple.
        described: what the docstring says of them, for the middle of a sentence; may be empty.
    """

    parameters: tuple[Parameter, ...]
    values: tuple[str, ...] = ()
    several: bool = False
    described: str = ""

    @property
    def returned(self) -> str:
        """What should come back, in words."""
        count = f"{len(self.values)} values: " if self.several else ""
        return count + (self.described or listed(self.values))

    def is_kept_by(self, value: Any) -> bool:
        """Return whether a value is of the kind that is promised, as far as one can tell."""
        if not self.values:
            return True
        if not self.several:
            return _is(self.values[0], value)
        return (
            isinstance(value, (tuple, list))
            and len(value) == len(self.values)
            and all(_is(kind, part) for kind, part in zip(self.values, value, strict=True))
        )


@lru_cache(maxsize=8)
def promises_in(source: str | bytes) -> dict[str, Promise]:
    """Return what a module's public functions and methods promise, by name; methods as `Class.method`.

    Args:
        source: text that one can trust, or that has been executed: Python's parser reads it.
    """
    return dict(_promises(ast.parse(source)))


def _promises(module: ast.Module) -> Iterator[tuple[str, Promise]]:
    for node in module.body:
        if isinstance(node, _Function):
            yield node.name, _promise(node)
        elif isinstance(node, ast.ClassDef):
            yield node.name, Promise(())
            methods = (child for child in node.body if isinstance(child, _Function))
            yield from ((f"{node.name}.{m.name}", _promise(m)) for m in methods)


def _promise(function: _Function) -> Promise:
    node = function.returns
    several = isinstance(node, ast.Subscript) and _name(node.value) == "tuple"
    if not several:
        values = () if node is None or _kind(node) == _ANYTHING else (_kind(node),)
        return Promise(_parameters(function), values, False, _described(function))
    assert isinstance(node, ast.Subscript)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if any(isinstance(part, ast.Constant) for part in parts):  # tuple[Array, ...]
        return Promise(_parameters(function))
    return Promise(_parameters(function), tuple(map(_kind, parts)), True, _described(function))


def _parameters(function: _Function) -> tuple[Parameter, ...]:
    given = [*function.args.posonlyargs, *function.args.args]
    defaults = [None] * (len(given) - len(function.args.defaults)) + [
        ast.unparse(default) for default in function.args.defaults
    ]
    return tuple(Parameter(a.arg, default) for a, default in zip(given, defaults, strict=True))


def _kind(node: ast.expr) -> str:
    name = _name(node.value if isinstance(node, ast.Subscript) else node)
    return _ARRAY if name in _ARRAYS else _KINDS.get(name, _ANYTHING)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _described(function: _Function) -> str:
    """Return the first sentence below "Returns:"."""
    section = (ast.get_docstring(function) or "").partition("Returns:\n")[2].partition("\n\n")[0]
    sentence = re.split(r"[.:;](?:\s|$)", " ".join(section.split()))[0]
    return _SMALL.sub(lambda word: _ARTICLES.get(word.group().lower(), word.group().lower()), sentence)


def _is(kind: str, value: Any) -> bool:
    if kind == _ANYTHING:
        return True
    if kind == _NUMBER:
        return is_number(value)
    if kind == _TEXT:
        return isinstance(value, str)
    if isinstance(value, tuple):
        return all(map(is_number, value))
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype.kind in "biufc"
    return isinstance(value, (list, deque)) or is_number(value)
