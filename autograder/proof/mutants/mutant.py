"""One mutant of a reference."""

import ast
from dataclasses import dataclass, field

#: A kind of mistake, in words, and what stands in the place of a node: another node, or text.
Mutation = tuple[str, ast.AST | str]


@dataclass(frozen=True)
class Mutant:
    """The reference with one change.

    Attributes:
        kind: what sort of mistake it is, in words.
        function: the top-level function or class that is changed.
        line: number of the first changed line of the reference.
        before: the changed lines, without indentation.
        after: what stands there instead.
        source: the text of the whole module.
    """

    kind: str
    function: str
    line: int
    before: str
    after: str
    source: str = field(repr=False)

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.line}: {self.kind}: {self.before} -> {self.after}"
