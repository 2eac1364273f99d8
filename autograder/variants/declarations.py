"""The functions with which `misconceptions.py` and `correct_variants.py` declare variants."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

#: Stands in the texts of a family of variants for one of its values.
PLACEHOLDER = "{value}"


@dataclass(frozen=True)
class Edit:
    """A change of text within one top-level function or class."""

    function: str
    old: str
    new: str


@dataclass
class Declaration:
    """A variant as it is declared, or a family of variants, one for each of `values`.

    `definitions` are whole functions or classes by name.
    """

    name: str
    hint: str
    right: bool
    preamble: str
    edits: Sequence[Edit]
    definitions: dict[str, str]
    values: Sequence[str] = ()

    def members(self) -> Iterator["Declaration"]:
        """Yield the members of a family, each with its value in place of `{value}`; or the one variant.

        The first has the family's name, each other one the name and its value: `other-eps`, `other-eps-1e-6`.
        """
        if not self.values:
            yield self
        for number, value in enumerate(self.values):
            yield self._with(value, f"{self.name}-{_kebab(value)}" if number else self.name)

    def _with(self, value: str, name: str) -> "Declaration":
        def put(text: str) -> str:
            return text.replace(PLACEHOLDER, value)

        return replace(
            self,
            name=name,
            hint=put(self.hint),
            preamble=put(self.preamble),
            edits=[replace(one, new=put(one.new)) for one in self.edits],
            definitions={function: put(text) for function, text in self.definitions.items()},
            values=(),
        )

    def __call__(self, holder: Callable[[], Any]) -> None:
        """As a decorator: take the functions and classes defined within `holder` as replacements."""
        source = textwrap.dedent(inspect.getsource(holder))
        body = ast.parse(source).body[0]
        assert isinstance(body, ast.FunctionDef)
        for node in body.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
                self.definitions[node.name] = textwrap.dedent("\n".join(lines))


_declared: ContextVar[list[Declaration] | None] = ContextVar("declared", default=None)


@contextmanager
def collecting() -> Iterator[list[Declaration]]:
    """Give a list to which each declaration within the block is added."""
    declared: list[Declaration] = []
    token = _declared.set(declared)
    try:
        yield declared
    finally:
        _declared.reset(token)


def edit(function: str, old: str, new: str) -> Edit:
    """Return a change of text for `misconception` or `correct`.

    Args:
        function: name of a top-level function or class of the reference.
        old: text that occurs exactly once in it.
        new: what stands there instead.

    Example:
        >>> edit("softmax_loss", "scores - scores.max()", "scores")
        Edit(function='softmax_loss', old='scores - scores.max()', new='scores')
    """
    return Edit(function, old, new)


def misconception(
    name: str, *, hint: str, edits: Sequence[Edit] = (), preamble: str = "", values: Sequence[str] = ()
) -> Declaration:
    """Declare a wrong variant of the reference, by edits or as a decorator.

    As a decorator it stands before a function `def _():` that holds the replacements: whole functions or
    classes, each named like the one that it replaces. A name that the reference does not have is added, for
    helpers.

    Args:
        name: kebab-case; feedback and the sample class use it.
        hint: what the student reads. It helps without giving the answer away.
        edits: changes of text.
        preamble: code at the top of the module, such as imports.
        values: for a family of mistakes, the texts that stand in turn for `{value}` in the other texts. The
            first member has the family's name, each other one the name and its value.

    Example:
        >>> declared = misconception(
        ...     "sum-not-mean",
        ...     hint="What should become of the loss when every sample is there twice?",
        ...     edits=[edit("mean_loss", " / len(y)", "")],
        ... )
        >>> declared.name
        'sum-not-mean'
    """
    return _declare(Declaration(name, hint, False, preamble, edits, {}, values))


def correct(name: str, *, edits: Sequence[Edit] = (), preamble: str = "") -> Declaration:
    """Declare a variant that is right, though it looks different; arguments as for `misconception`.

    Example:
        >>> @correct("with-fsum", preamble="import math")
        ... def _():
        ...     def mean(values):
        ...         return math.fsum(values) / len(values)
    """
    return _declare(Declaration(name, "", True, preamble, edits, {}))


def _declare(declaration: Declaration) -> Declaration:
    declared = _declared.get()
    if declared is not None:
        declared.append(declaration)
    return declaration


def _kebab(value: str) -> str:
    return re.sub("[^a-z0-9]+", "-", value.lower()).strip("-")
