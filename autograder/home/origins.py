"""Where the value comes from that a failed check complains of, read off the check's own lines."""

import ast
import linecache
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import FunctionType, MethodType, ModuleType, TracebackType
from typing import Any

from autograder.answers import entries, failed_at, file_of

#: So many assignments are followed back.
_FARTHEST = 4
#: What a helper of `autograder.checks` or `autograder.gradients` calls the answer that it looks at.
_ANSWERS = ("actual", "analytic")
#: A loop, and what else makes a call several times.
_REPEATS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Origin:
    """A value, or a function of the student's, that the value was made with.

    Attributes:
        steps: assignments between it and the line that failed, 0 for what stands in that line.
        function: the function's name, a method's as `Class.method`; empty for a value.
        value: the value; None for a function.
        once: whether the line asks the function once.
    """

    steps: int
    function: str = ""
    value: Any = None
    once: bool = True


class Trail:
    """What led to a failure.

    Args:
        error: what ended the case, with its traceback.
        checks: the file of checks.
        module: the name of the student's module.
    """

    def __init__(self, error: BaseException, checks: Path, module: str):
        self._module = module
        passed = list(entries(error.__traceback__))
        own = [i for i, entry in enumerate(passed) if file_of(entry) == checks]
        self._own = [passed[i] for i in reversed(own)]
        self._helpers = passed[own[-1] + 1 :] if own else []

    @cached_property
    def answer(self) -> Any:
        """What a helper looked at, such as `actual` of `assert_close`; None where none is known."""
        frames = [entry.tb_frame for entry in self._helpers]
        given = (frame.f_locals.get(name) for frame in frames for name in _ANSWERS)
        return next((value for value in given if value is not None), None)

    @cached_property
    def compared(self) -> tuple[Any, Any]:
        """The answer that a helper compared, and what it should be; None where that is not known."""
        for known in (entry.tb_frame.f_locals for entry in self._helpers):
            report: Any = known.get("report")  # of a gradient check, which this room does not know
            if report is not None and hasattr(report, "analytic") and hasattr(report, "numeric"):
                return report.analytic, report.numeric
            if {"actual", "expected"} <= known.keys():
                return known["actual"], known["expected"]
        return None, None

    @property
    def known(self) -> dict[str, Any]:
        """What the check's functions and the student's objects in them had at hand, by name."""
        found: dict[str, Any] = {}
        for entry in reversed(self._own):
            found |= entry.tb_frame.f_locals
        for value in list(found.values()):
            if type(value).__module__ == self._module:
                found = {**getattr(value, "__dict__", {}), **found}
        return found

    @cached_property
    def origins(self) -> list[Origin]:
        """What the value was made with, the nearest first."""
        return [origin for entry in self._own for origin in self._followed(entry, _function_at(entry))]

    @cached_property
    def looked_at(self) -> list[Any]:
        """The values that the failing line itself names, and the student's objects that led to it."""
        line = [o.value for o in self._followed(self._own[0], None) if not o.function] if self._own else []
        led = [o.value for o in self.origins if type(o.value).__module__ == self._module]
        return [*line, *led]

    @cached_property
    def nearest(self) -> set[str]:
        """The student's functions that the value was made with in the fewest steps."""
        for entry in self._own:
            found = [o for o in self._followed(entry, _function_at(entry)) if o.function]
            if found:
                return {origin.function for origin in found if origin.steps == found[0].steps}
        return set()

    @cached_property
    def methods(self) -> set[str]:
        """The methods of the student's objects that the check's functions name."""
        trees = [(_function_at(entry), entry.tb_frame.f_locals) for entry in self._own]
        named = {self._function(n, known) for tree, known in trees if tree for n in ast.walk(tree)}
        return {name for name in named if "." in name}

    def _followed(self, entry: TracebackType, function: ast.AST | None) -> Iterator[Origin]:
        known = entry.tb_frame.f_locals
        expressions = [_complained(_parsed(failed_at(entry)), entry.tb_frame.f_globals)]
        followed: set[str] = set()
        for steps in range(_FARTHEST):
            for expression in expressions:
                yield from self._within(expression, steps, known)
            names = {name for expression in expressions for name in _read(expression)} - followed
            followed |= names
            expressions = list(_assigned(function, names, entry.tb_lineno))

    def _within(self, expression: ast.AST, steps: int, known: Mapping[str, Any]) -> Iterator[Origin]:
        over = {
            id(n.value) for n in ast.walk(expression) if isinstance(n, ast.Attribute) and n.attr == "over"
        }
        repeated = any(isinstance(node, _REPEATS) for node in ast.walk(expression))
        nodes = [node for node in ast.walk(expression) if id(node) not in over]
        called = [name for node in nodes if (name := self._function(node, known))]
        yield from (Origin(steps, name, None, not repeated and called.count(name) == 1) for name in called)
        values = (known.get(name) for name in _read(expression))
        yield from (Origin(steps, "", value) for value in values if value is not None)

    def _function(self, node: ast.AST, known: Mapping[str, Any]) -> str:
        """Return the student's function, method or class that a node names; empty where it names none."""
        match node:
            case ast.Attribute(value=ast.Name(id=holder), attr=name) if holder in known:
                value = known[holder]
                if isinstance(value, ModuleType):
                    return name if value.__name__ == self._module else ""
                return self._of_class(type(value), name)
            case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id=holder), ast.Name(id=name), *_]):
                value, text = known.get(holder), known.get(name)
                is_own = isinstance(value, ModuleType) and value.__name__ == self._module
                return text if is_own and isinstance(text, str) else ""
            case ast.Name(id=name):
                match known.get(name):
                    case MethodType() as method:
                        return self._of_class(type(method.__self__), method.__name__)
                    case FunctionType() as function if function.__module__ == self._module:
                        return function.__name__
        return ""

    def _of_class(self, kind: type, name: str) -> str:
        """Return `Class.method`, or the class where its name is none of a method; empty for other classes."""
        if kind.__module__ != self._module:
            return ""
        is_method = isinstance(getattr(kind, name, None), FunctionType)
        return f"{kind.__name__}.{name}" if is_method else kind.__name__


def _parsed(text: str) -> ast.AST:
    """Return the tree of an expression or a statement; an empty one of a part of a statement."""
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _complained(tree: ast.AST, known: Mapping[str, Any]) -> ast.AST:
    """Return the part of a failing line that is the answer, where a helper of ours is given one."""
    match tree:
        case ast.Module(body=[ast.Expr(value=ast.Call(func=ast.Name(id=name), args=[first, *others]))]):
            if str(getattr(known.get(name), "__module__", "")).startswith("autograder."):
                return others[1] if name == "assert_gradient" and len(others) > 1 else first
    return tree


def _function_at(entry: TracebackType) -> ast.AST | None:
    """Return the tree of the function that a frame runs."""
    code = entry.tb_frame.f_code
    nodes = ast.walk(_tree(code.co_filename))
    found = [
        n for n in nodes if isinstance(n, _Function) and n.lineno <= entry.tb_lineno <= (n.end_lineno or 0)
    ]
    return next((n for n in found if n.name == code.co_name), None)


@lru_cache(maxsize=4)
def _tree(file: str) -> ast.AST:
    return _parsed("".join(linecache.getlines(file)))


def _read(tree: ast.AST) -> Collection[str]:
    """Return the names that are read in a tree, in order."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return dict.fromkeys(node.id for node in nodes if isinstance(node.ctx, ast.Load))


def _assigned(function: ast.AST | None, names: Collection[str], line: int) -> Iterator[ast.AST]:
    """Give of each name the expression that it was last assigned before a line."""
    last: dict[str, ast.AST] = {}
    for node in sorted(_assignments(function), key=lambda node: node.lineno):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            stored = {n.id for n in ast.walk(target) if isinstance(n, ast.Name)} & set(names)
            if node.lineno < line:
                last |= dict.fromkeys(stored, node.iter if isinstance(node, ast.For) else node.value)
    yield from {id(node): node for node in last.values()}.values()


def _assignments(function: ast.AST | None) -> Iterator[ast.Assign | ast.For]:
    for node in ast.walk(function) if function is not None else ():
        if isinstance(node, (ast.Assign, ast.For)):
            yield node
