"""A module as text whose top-level functions and classes can be exchanged."""

import ast
import io
import tokenize
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from autograder.course.regions import SOLUTION

Definition = ast.FunctionDef | ast.ClassDef


class ModuleText:
    """The text of a Python module, without nbgrader's solution markers."""

    def __init__(self, source: str):
        markers = (f"### BEGIN {SOLUTION}", f"### END {SOLUTION}")
        self._lines = [line for line in source.splitlines() if line.strip() not in markers]

    @property
    def source(self) -> str:
        """The whole text."""
        return "\n".join(self._lines) + "\n"

    @property
    def names(self) -> Iterable[str]:
        """The names of the top-level functions and classes."""
        return self._definitions.keys()

    def text_of(self, name: str) -> str:
        """Return the text of a top-level function or class.

        Raises:
            KeyError: there is none of that name.
        """
        return "\n".join(self._lines[self._span(name)])

    def is_class(self, name: str) -> bool:
        """Whether that definition is a class."""
        return isinstance(self._definitions[name], ast.ClassDef)

    def with_parts(self, parts: Mapping[str, str], preamble: str) -> str:
        """Return the module's text with some definitions exchanged, others added and code put at its top."""
        lines = list(self._lines)
        for name in reversed(self._definitions):
            if name in parts:
                lines[self._span(name)] = parts[name].splitlines()
        lines[self._top : self._top] = preamble.splitlines()
        added = [text for name, text in parts.items() if name not in self._definitions]
        return "\n\n\n".join(["\n".join(lines), *added]) + "\n"

    def users_of(self, names: Iterable[str]) -> frozenset[str]:
        """Return the names and all definitions that use one of them, directly or not."""
        wanted = set(names)
        return frozenset(name for name in self.names if not wanted.isdisjoint(self.used_by(name)))

    def used_by(self, name: str) -> frozenset[str]:
        """Return the name and all definitions that it uses, directly or not."""
        found, waiting = {name}, [name]
        while waiting:
            new = self._mentions[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    @cached_property
    def _mentions(self) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name)) & frozenset(self.names)
            for name, node in self._definitions.items()
        }

    @cached_property
    def _module(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def _definitions(self) -> dict[str, Definition]:
        return {node.name: node for node in self._module.body if isinstance(node, Definition)}

    @property
    def _top(self) -> int:
        """Number of lines up to the end of the module's docstring."""
        return (self._module.body[0].end_lineno or 0) if ast.get_docstring(self._module) else 0

    def _span(self, name: str) -> slice:
        node = self._definitions[name]
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        return slice(first - 1, node.end_lineno)


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Return the text of a definition with other names for some functions and classes."""
    lines = text.splitlines(keepends=True)
    before = ""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and token.string in names and before != ".":
            found.append(token)
        before = token.string
    for token in reversed(found):
        row, column = token.start
        line = lines[row - 1]
        lines[row - 1] = line[:column] + names[token.string] + line[token.end[1] :]
    return "".join(lines)


#: What is drawn from a new generator depends on the old one's seed, too.
_ANOTHER_GENERATOR: Final = "rng = rng and np.random.default_rng(int(rng.integers(2**32)))"


def redrawn(text: str) -> str:
    """Return the text of a definition that draws other random numbers from the argument `rng`.

    It is the same text where there is no such argument.
    """
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    given_one = [f for f in functions if any(argument.arg == "rng" for argument in f.args.args)]
    for function in given_one:
        after_docstring = 1 if ast.get_docstring(function) else 0
        function.body[after_docstring:after_docstring] = ast.parse(_ANOTHER_GENERATOR).body
    return ast.unparse(tree) if given_one else text
