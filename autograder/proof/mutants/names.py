"""Mistakes in a name: another variable of the same kind."""

import ast
from collections.abc import Iterator, Mapping

from autograder.proof.mutants.mutant import Mutation

#: For each variable, those that were made together with it.
Siblings = Mapping[str, frozenset[str]]


def siblings_of(definition: ast.AST) -> Siblings:
    """Return which variables are unpacked together, as in `N, C = scores.shape`: they are easily mixed up."""
    found: dict[str, frozenset[str]] = {}
    for node in ast.walk(definition):
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
            names = frozenset(part.id for part in node.elts if isinstance(part, ast.Name))
            for name in names:
                found[name] = found.get(name, frozenset()) | names - {name}
    return found


def mutated_name(node: ast.AST, siblings: Siblings) -> Iterator[Mutation]:
    """Give the mutations of one use of a variable: the kind, and what stands instead."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for other in sorted(siblings.get(node.id, ())):
            yield "another variable", ast.Name(other, ast.Load())
