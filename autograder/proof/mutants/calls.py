"""Mistakes in a call: another function, no function, swapped or missing arguments, axes, ranges."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from autograder.proof.mutants.mutant import Mutation

#: Functions and methods taken for one another, by the kind of mistake.
_PAIRS = {
    "mean for sum": [("sum", "mean")],
    "maximum for minimum": [("maximum", "minimum"), ("max", "min"), ("argmax", "argmin")],
    "another function": [("std", "var"), ("floor", "ceil"), ("zeros", "ones"), ("zeros_like", "ones_like")],
}
_MIX_UPS = {
    "standard_normal": ("another function", "random"),
    **{
        one: (kind, other)
        for kind, pairs in _PAIRS.items()
        for pair in pairs
        for one, other in (pair, pair[::-1])
    },
}

#: Functions of NumPy or of Python that are forgotten, so that their argument goes on as it is.
_FORGOTTEN = {"sqrt", "abs", "log", "exp", "sign", "square", "floor", "ceil", "sum", "mean", "max", "int"}
#: Methods of arrays that are forgotten.
_FORGOTTEN_METHODS = {"sum", "mean", "max", "min", "astype", "reshape", "transpose", "any", "all"}
_COPIES = {"copy", "array"}
_CLAMPS = {"maximum", "minimum", "clip"}


def mutated_call(node: ast.Call) -> Iterator[Mutation]:
    """Give the mutations of one call itself, not of its arguments: the kind, and what stands instead."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in _MIX_UPS:
        kind, other = _MIX_UPS[name]
        yield kind, ast.Call(_renamed(node.func, other), node.args, node.keywords)
    yield from _forgotten(node, name)
    yield from _keywords(node)
    yield from _swapped(node)
    if name == "range":
        yield from _range(node)
    if name == "len":
        yield "off by one", ast.BinOp(node, ast.Sub(), ast.Constant(1))


def _renamed(function: ast.expr, name: str) -> ast.expr:
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, ast.Load())
    return ast.Name(name, ast.Load())


def _forgotten(node: ast.Call, name: str) -> Iterator[Mutation]:
    """The call is left out: what it was called on, or with, stands there alone."""
    function = node.func
    if isinstance(function, ast.Attribute) and getattr(function.value, "id", "") != "np":
        if name in _FORGOTTEN_METHODS | _COPIES:
            yield "in-place for copy" if name in _COPIES else "call dropped", function.value
    elif node.args and name in _FORGOTTEN | _COPIES:
        kind = {"sqrt": "root dropped", **dict.fromkeys(_COPIES, "in-place for copy")}
        yield kind.get(name, "call dropped"), node.args[0]
    elif name in _CLAMPS:
        yield from (("call dropped", argument) for argument in node.args[:2])


def _keywords(node: ast.Call) -> Iterator[Mutation]:
    for keyword in node.keywords:
        rest = [k for k in node.keywords if k is not keyword]
        kind = keyword.arg if keyword.arg in ("axis", "keepdims") else "argument left out"
        yield str(kind), ast.Call(node.func, node.args, rest)
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            other = ast.keyword("axis", ast.Constant(0 if keyword.value.value else 1))
            yield "axis", ast.Call(node.func, node.args, [other, *rest])


def _swapped(node: ast.Call) -> Iterator[Mutation]:
    for position, (one, other) in enumerate(pairwise(node.args)):
        if ast.dump(one) != ast.dump(other):
            arguments = [*node.args[:position], other, one, *node.args[position + 2 :]]
            yield "arguments swapped", ast.Call(node.func, arguments, node.keywords)


def _range(node: ast.Call) -> Iterator[Mutation]:
    one = ast.Constant(1)
    first = node.args[0] if len(node.args) > 1 else ast.Constant(0)
    last, step = node.args[:2][-1], node.args[2:]
    yield "off by one", ast.Call(node.func, [first, ast.BinOp(last, ast.Sub(), one), *step], [])
    yield "off by one", ast.Call(node.func, [ast.BinOp(first, ast.Add(), one), last, *step], [])
    if step:
        yield "stride or pad left out", ast.Call(node.func, [first, last], [])
