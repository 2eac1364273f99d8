"""What a student is told of an assignment, read off its sources: functions to write and checks to pass."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from autograder.errors import UserError

__all__ = ["CheckLine", "Exercise", "checks_of", "exercises_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Exercise:
    """A function that the student writes: its signature, and the first sentence of its docstring."""

    signature: str
    summary: str


@dataclass(frozen=True)
class CheckLine:
    """A check as the outline shows it: its function's name, its title and what it is worth."""

    id: str
    title: str
    points: Fraction


def exercises_of(skeleton: str) -> list[Exercise]:
    """Return the functions and methods of a skeleton that hold a placeholder, in order."""
    return [
        Exercise(f"{prefix}{function.name}({_argument_names(function)})", _first_line(function))
        for prefix, function in _functions(ast.parse(skeleton))
        if any(_is_placeholder(node) for node in ast.walk(function))
    ]


def checks_of(tests: str, name: str) -> list[CheckLine]:
    """Return the checks of a file of tests, in order.

    Args:
        tests: the file's text.
        name: what to call the file in errors.

    Raises:
        UserError: a test has no points, or no docstring for its title.
    """
    return [
        CheckLine(function.name, _title(function, name), _points(function, name))
        for _, function in _functions(ast.parse(tests))
        if function.name.startswith("test")
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


def _title(function: Function, name: str) -> str:
    title = _first_line(function)
    if not title:
        raise UserError(
            f"{name}, line {function.lineno}: {function.name} has no docstring; "
            "its first line is the title that students see"
        )
    return title


def _points(function: Function, name: str) -> Fraction:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.points":
            return Fraction(str(ast.literal_eval(decorator.args[0])))
    raise UserError(f"{name}, line {function.lineno}: {function.name} has no @pytest.mark.points(n)")
