"""Mistakes in a statement: dropped, overwritten, in place, branches and loops."""

import ast
from collections.abc import Iterator

from autograder.proof.mutants.expressions import INVERSE
from autograder.proof.mutants.mutant import Mutation


def mutated_statement(node: ast.stmt) -> Iterator[Mutation]:
    """Give the mutations of one statement itself, not of its parts: the kind, and what stands instead.

    An assignment that makes a new name is not dropped: the name would be missing, which no check need catch.
    """
    match node:
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield "state not written back", "pass"
        case ast.Assign(targets=[ast.Name() as target], value=ast.BinOp() as value):
            yield from _in_place(target, value)
        case ast.AugAssign(target=target, op=op, value=value):
            yield "statement dropped", "pass"
            yield "= for +=", ast.Assign([target], value, lineno=0)
            if type(op) in INVERSE:
                yield "arithmetic", ast.AugAssign(target, INVERSE[type(op)](), value)
        case ast.Expr(value=ast.Call()):
            yield "statement dropped", "pass"
        case ast.Break():
            yield "break for continue", "continue"
        case ast.Continue():
            yield "break for continue", "break"
    if isinstance(node, ast.Assign) and _renews(node):
        yield "statement dropped", "pass"


def mutated_condition(node: ast.AST, parent: ast.AST | None) -> Iterator[Mutation]:
    """Give the mutations of an expression that decides what runs: a branch's test, what a loop goes over."""
    match parent:
        case ast.If(test=test) if test is node:
            yield "branch always taken", "True"
            yield "branch never taken", "False"
        case ast.While(test=test) if test is node:
            yield "branch never taken", "False"
        case ast.For(iter=things) if things is node:
            yield "branch never taken", "()"


def _renews(node: ast.Assign) -> bool:
    """Whether it gives a name a new value made from its old one."""
    target = node.targets[0]
    return isinstance(target, ast.Name) and any(
        isinstance(part, ast.Name) and part.id == target.id for part in ast.walk(node.value)
    )


def _in_place(target: ast.Name, value: ast.BinOp) -> Iterator[Mutation]:
    """What was to be a new array changes an old one."""
    if isinstance(value.left, ast.Name) and type(value.op) in INVERSE:
        old = ast.Name(value.left.id, ast.Store())
        change = ast.unparse(ast.AugAssign(old, value.op, value.right))
        renamed = "" if old.id == target.id else f"; {target.id} = {old.id}"
        yield "in-place for copy", change + renamed
