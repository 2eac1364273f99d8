"""The functions that a student is to write, read off the skeleton."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Exercise:
    """A function that the student writes: its signature, and the first sentence of its docstring."""

    signature: str
    summary: str


def exercises_of(skeleton: str) -> list[Exercise]:
    """Return the functions and methods of a skeleton that hold a placeholder, in order."""
    return [
        Exercise(f"{prefix}{function.name}({_argument_names(function)})", _first_line(function))
        for prefix, function in _functions(ast.parse(skeleton))
        if any(_is_placeholder(node) for node in ast.walk(function))
    ]


def _functions(module: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in module.body:
        if isinstance(node, Function):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.", child) for child in node.body if isinstance(child, Function))


def _argument_names(function: Function) -> str:
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return ", ".join(name for name in names if name != "self")


def _first_line(function: Function) -> str:
    return (ast.get_docstring(function) or "").partition("\n")[0]


def _is_placeholder(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node)
