"""Mistakes in an expression: operators, terms, constants, indices."""

import ast
from collections.abc import Iterator

from autograder.proof.mutants.mutant import Mutation

#: What undoes an operator.
INVERSE: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_ARITHMETIC = INVERSE | {ast.Pow: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv}

_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}

_COMMUTING = (ast.Add, ast.Mult, ast.MatMult)
_TERMS = (ast.Add, ast.Sub)


def mutated_expression(node: ast.AST) -> Iterator[Mutation]:
    """Give the mutations of one expression itself, not of its parts: the kind, and what stands instead."""
    match node:
        case ast.BinOp():
            yield from _binary(node)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield "sign or not dropped", operand
        case ast.Compare(ops=[op], left=left, comparators=comparators):
            for other in _COMPARISON[type(op)]:
                yield "comparison", ast.Compare(left, [other()], comparators)
        case ast.BoolOp(op=op, values=values):
            yield "and for or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for value in values:
                yield "condition dropped", ast.BoolOp(op, [v for v in values if v is not value])
        case ast.IfExp(body=body, orelse=orelse):
            yield "branch", body
            yield "branch", orelse
        case ast.Constant():
            yield from _constant(node.value)
        case ast.Slice():
            yield from _slice(node)
        case ast.Subscript(value=value, slice=ast.Tuple(elts=[one, other]), ctx=ctx):
            if ast.dump(one) != ast.dump(other):
                yield "indices swapped", ast.Subscript(value, ast.Tuple([other, one], ast.Load()), ctx)
        case ast.Attribute(value=value, attr="T"):
            yield "transpose dropped", value


def _binary(node: ast.BinOp) -> Iterator[Mutation]:
    left, op, right = node.left, node.op, node.right
    if type(op) in _ARITHMETIC:
        yield "arithmetic", ast.BinOp(left, _ARITHMETIC[type(op)](), right)
    yield _dropped(right), left
    if isinstance(op, _COMMUTING):
        yield _dropped(left), right
    if isinstance(op, ast.Sub):
        yield _dropped(left), ast.UnaryOp(ast.USub(), right)
    if isinstance(op, _TERMS):
        yield "term doubled", ast.BinOp(left, op, _twice(right))
        yield "term doubled", ast.BinOp(_twice(left), op, right)


def _dropped(term: ast.expr) -> str:
    """Return the kind of mistake that leaving out this term is."""
    names = {str(getattr(part, "id", "")) for part in ast.walk(term)}
    return "stride or pad left out" if names & {"stride", "pad"} else "term dropped"


def _twice(node: ast.expr) -> ast.BinOp:
    return ast.BinOp(ast.Constant(2), ast.Mult(), node)


def _constant(value: object) -> Iterator[Mutation]:
    match value:
        case bool():
            yield "constant", ast.Constant(not value)
        case int():
            yield "constant", ast.Constant(value + 1)
            yield "constant", ast.Constant(value - 1)
        case float():
            yield "constant", ast.Constant(2 * value if value else 1.0)


def _slice(node: ast.Slice) -> Iterator[Mutation]:
    lower, upper, step = node.lower, node.upper, node.step
    if upper is not None and not isinstance(upper, ast.Constant):
        yield "off by one", ast.Slice(lower, ast.BinOp(upper, ast.Sub(), ast.Constant(1)), step)
    if lower is not None and not isinstance(lower, ast.Constant):
        yield "off by one", ast.Slice(ast.BinOp(lower, ast.Add(), ast.Constant(1)), upper, step)
    if step is not None:
        yield "stride or pad left out", ast.Slice(lower, upper, None)
