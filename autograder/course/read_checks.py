"""Reading what checks declare, off the source of their file: nothing is imported or run."""

import ast
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path

import pytest

from autograder.checkspec import CheckSpec
from autograder.course.regions import HIDDEN_TESTS, read_checked, region_lines
from autograder.dependencies import refuse_dependencies
from autograder.errors import UserError

Function = ast.FunctionDef | ast.AsyncFunctionDef


def checks_of(text: str, name: str) -> tuple[CheckSpec, ...]:
    """Return the checks of a file of tests, in order.

    Args:
        text: the file's content.
        name: what to call the file in errors.

    Raises:
        UserError: a test has no points, or no docstring for its title, they are not written out, two tests
            have one name, or a test depends on another after which it can't come.
    """
    return _Source(text, name).checks


def read_checks(path: Path) -> tuple[CheckSpec, ...]:
    """Return the checks of a file, in order; read once per process as long as the file stays the same.

    Raises:
        UserError: as `checks_of` does, or the file can't be read.
    """
    return _source(path).checks


def references_in(path: Path) -> frozenset[str]:
    """Return the topics whose references the checks of a file name, as in `references.losses`.

    Raises:
        UserError: the file can't be read.
    """
    return _source(path).references


def spec_of(item: pytest.Function) -> CheckSpec:
    """Return what the check of a test declares; other tests of its file need not be checks.

    Raises:
        UserError: it lacks points or title, or is not defined where they are read.
    """
    return _source(item.path).spec(item.originalname)


class _Source:
    """The source of a file of checks, parsed."""

    def __init__(self, text: str, name: str):
        self._name = name
        self._hidden = region_lines(text, HIDDEN_TESTS)
        try:
            module = ast.parse(text)
        except SyntaxError as error:
            raise UserError(f"{name}, line {error.lineno}: this is not Python ({error.msg})") from error
        self._tests = list(_tests(module))
        self.references = frozenset(_references(module))
        self._by_name = {test.name: test for test in self._tests}

    @cached_property
    def checks(self) -> tuple[CheckSpec, ...]:
        """All checks, in order; each test has to be one."""
        for name, count in Counter(test.name for test in self._tests).items():
            if count > 1:
                raise UserError(f"{self._name}: {count} checks have the name {name}; rename all but one")
        checks = tuple(self.spec(test.name) for test in self._tests)
        refuse_dependencies(checks, self._name)
        return checks

    def spec(self, name: str) -> CheckSpec:
        """Return what the check of that name declares."""
        if name not in self._by_name:
            raise UserError(
                f"{self._name}: {name} can't be read as a check; define it with `def` at the top level "
                "of the file, or in a class there whose name begins with Test"
            )
        test = self._by_name[name]
        where = f"{self._name}, line {test.lineno}: {name}"
        marks = dict(_marks(test))
        title = (ast.get_docstring(test) or "").partition("\n")[0].strip()
        if "points" not in marks:
            raise UserError(f"{where} has no @pytest.mark.points(n)")
        if not title:
            raise UserError(f"{where} has no docstring; its first line is the title that students see")
        points = _points(marks["points"], where)
        after = _after(marks["after"], where) if "after" in marks else None
        return CheckSpec(name, title, points, not self._hidden.isdisjoint(_lines(test)), after)


def _source(path: Path) -> _Source:
    return _source_at(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _source_at(path: Path, changed: int) -> _Source:
    """Return the source of a file as it is since that time."""
    return _Source(read_checked(path), path.name)


def _tests(module: ast.Module) -> Iterator[Function]:
    """Give the functions that pytest takes for tests."""
    for node in module.body:
        inside = node.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test") else [node]
        yield from (f for f in inside if isinstance(f, Function) and f.name.startswith("test"))


def _references(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.Attribute(ast.Name("references"), topic):
                yield topic


def _marks(test: Function) -> Iterator[tuple[str, ast.Call]]:
    """Give the marks of a test by their names: of `@pytest.mark.points(2)` the call, under "points"."""
    for decorator in test.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(ast.Attribute(ast.Name("pytest"), "mark"), name)):
                yield name, decorator


def _points(mark: ast.Call, where: str) -> Fraction:
    try:
        return Fraction(str(_only_argument(mark)))
    except (ValueError, ZeroDivisionError) as error:
        raise UserError(f"{where}: its points must be one number, written out as in points(2)") from error


def _after(mark: ast.Call, where: str) -> str:
    name = _only_argument(mark)
    if not isinstance(name, str):
        raise UserError(
            f'{where}: @pytest.mark.after takes the name of one check, written out as in after("test_a")'
        )
    return name


def _only_argument(mark: ast.Call) -> object:
    """Return the number or text that a mark holds; None where it holds anything else."""
    match mark:
        case ast.Call(args=[ast.Constant(value)], keywords=[]):
            return value
    return None


def _lines(test: Function) -> range:
    """Return the lines of a test, its decorators among them."""
    first = min(node.lineno for node in (test, *test.decorator_list))
    return range(first, (test.end_lineno or first) + 1)
