"""Packages that a student's work uses at home, and that will not be there when it is graded."""

import ast
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from autograder.forbidden import forbidden_in
from autograder.sandbox.inside.guards import guarded_in
from autograder.sandbox.packages import importable_names


class AbsentPackage(NamedTuple):
    """A package that is used, and the file and line that import it."""

    package: str
    file: str
    line: int

    def __str__(self) -> str:
        return (
            f"{self.file}, line {self.line}: the package {self.package} is not there when your work is "
            "graded, and what uses it will fail. Write it with NumPy, or import it in a `try` whose "
            "`except ImportError` does without it."
        )


def absent_when_graded(module: Path) -> list[AbsentPackage]:
    """Return the packages that a module, or a file beside it that it imports, uses and does not guard.

    Left out is what is imported and not used, which costs nothing, and what the assignment forbids, which
    fails at home too. The files are read, not run; one that is missing or no Python is passed over.
    """
    try:
        forbidden = forbidden_in(module)
    except SyntaxError:
        return []
    found: list[AbsentPackage] = []
    waiting, seen = [module], set[Path]()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for imported in _imports_in(file):
            waiting += _files_beside(module.parent, imported.name)
            own = any(
                (module.parent / name).exists() for name in (imported.package, f"{imported.package}.py")
            )
            if imported.used and not own and _is_absent(imported.package, forbidden):
                found.append(AbsentPackage(imported.package, file.name, imported.line))
    return sorted(set(found))


class _Import(NamedTuple):
    """An import: the dotted name, which may end in what is not a module, the line, and whether it is used."""

    name: str
    line: int
    used: bool

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]


def _is_absent(package: str, forbidden: Collection[str]) -> bool:
    return package not in {*sys.stdlib_module_names, *forbidden} and package not in importable_names()


def _files_beside(folder: Path, name: str) -> Iterator[Path]:
    """Yield the files in a folder that importing a dotted name executes."""
    for part in name.split("."):
        folder = folder / part
        yield from filter(Path.is_file, (folder.with_name(f"{part}.py"), folder / "__init__.py"))


def _imports_in(file: Path) -> Iterator[_Import]:
    """Yield the imports of a file that are not guarded."""
    source = file.read_bytes() if file.is_file() else b""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    for node in _executed(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and not guarded_in(source, node.lineno):
            for name, bound in _names(node):
                yield _Import(name, node.lineno, bound in read or bound == "*")


def _names(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield the dotted names that a statement imports, each with the name that it binds."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield alias.name, alias.asname or alias.name.partition(".")[0]
        elif node.module is not None and not node.level:
            yield f"{node.module}.{alias.name}", alias.asname or alias.name


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes but those that only a type checker looks at."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        yield node
        yield from _executed(node)
