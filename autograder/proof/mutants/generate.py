"""Make all mutants of a module."""

import ast
from collections.abc import Iterator

from autograder.proof.mutants.calls import mutated_call
from autograder.proof.mutants.expressions import mutated_expression
from autograder.proof.mutants.mutant import Mutant, Mutation
from autograder.proof.mutants.names import mutated_name, siblings_of
from autograder.proof.mutants.statements import mutated_condition, mutated_statement

#: Calls whose outcome nobody judges.
_TALK = {"print", "warn"}

#: Expressions that need parentheses within another one.
_LOOSE = ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp | ast.IfExp


def mutants_of(source: str) -> list[Mutant]:
    """Return the first-order mutants of a module's functions and classes, in the order of the text.

    Docstrings, annotations, messages of errors, prints and what stands outside of functions are left alone.
    """
    text = source.encode()
    found: dict[str, Mutant] = {}
    for definition in ast.parse(source).body:
        if isinstance(definition, ast.FunctionDef | ast.ClassDef):
            siblings = siblings_of(definition)
            for node, parent in _walk(definition):
                for kind, new in (*_mutations(node, parent), *mutated_name(node, siblings)):
                    mutant = _spliced(text, node, parent, new, kind, definition.name)
                    found.setdefault(mutant.source, mutant)
    found.pop(source, None)
    return sorted(found.values(), key=lambda m: m.line)


def _mutations(node: ast.AST, parent: ast.AST | None) -> Iterator[Mutation]:
    if isinstance(node, ast.stmt):
        yield from mutated_statement(node)
    elif isinstance(node, ast.expr | ast.Slice):
        yield from mutated_expression(node)
        if isinstance(node, ast.Call):
            yield from mutated_call(node)
        yield from mutated_condition(node, parent)


def _walk(node: ast.AST, parent: ast.AST | None = None) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    yield node, parent
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _unjudged(child):
                yield from _walk(child, node)


def _unjudged(node: ast.AST) -> bool:
    """Whether it is a docstring, an error raised, or something said; an axis is the call's affair."""
    if isinstance(node, ast.keyword):
        return node.arg in ("axis", "keepdims") and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Expr):
        node = node.value
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in _TALK
    return isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _spliced(
    text: bytes, node: ast.AST, parent: ast.AST | None, new: ast.AST | str, kind: str, function: str
) -> Mutant:
    assert isinstance(node, ast.stmt | ast.expr)  # a slice has a position too
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = text.splitlines(keepends=True)
    first, last = lines[node.lineno - 1], lines[node.end_lineno - 1]
    head, tail = first[: node.col_offset], last[node.end_col_offset :]
    written = _written(new, parent, head, tail).encode()
    after = head + written + tail
    return Mutant(
        kind=kind,
        function=function,
        line=node.lineno,
        before=b"".join(lines[node.lineno - 1 : node.end_lineno]).decode().strip(),
        after=after.decode().strip(),
        source=b"".join([*lines[: node.lineno - 1], after, *lines[node.end_lineno :]]).decode(),
    )


def _written(new: ast.AST | str, parent: ast.AST | None, head: bytes, tail: bytes) -> str:
    if isinstance(new, str):
        return new
    enclosed = head.endswith((b"(", b"[")) and tail.startswith((b")", b"]"))
    written = ast.unparse(new)
    within = isinstance(parent, _LOOSE | ast.Attribute | ast.Subscript) and not enclosed
    clear = isinstance(new, ast.Compare) and isinstance(parent, ast.BoolOp)
    return f"({written})" if isinstance(new, _LOOSE) and within and not clear else written
