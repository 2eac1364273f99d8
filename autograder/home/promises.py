"""What the student's functions should take and return, as far as the assignment's folder tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from autograder.answers import Parameter, Promise, promises_in

#: A row of the README's table of what to write.
_ROW = re.compile(r"^\| `([\w.]+)\(([^`]*)\)` \|", re.MULTILINE)


def promises_at_home(module: Path) -> dict[str, Promise]:
    """Return what the functions promise, by name.

    What they return, their annotations and docstrings say, which came with the file. Names and parameters may
    have been changed: those asked for stand in the README and in the checks.

    Args:
        module: the student's file, which Python can read.
    """
    rows = _table(module)
    asked = {*_used(module), *(name.rpartition(".")[2] for name, _ in rows)}
    own = promises_in(module.read_bytes())
    promises = {name: promise for name, promise in own.items() if name.rpartition(".")[2] in asked}
    for name, names in rows:
        promise, parameters = promises.get(name, Promise(())), _parameters(name, names)
        if _names(promise.parameters) != _names(parameters):
            promises[name] = replace(promise, parameters=parameters)
    return promises


def _used(module: Path) -> Iterator[str]:
    """Give the names that the checks use, among others: attributes, and words in quotes."""
    checks = module.with_name(f"test_{module.name}")
    text = checks.read_text(encoding="utf-8") if checks.is_file() else ""
    return (found[1] or found[2] for found in re.finditer(r"\.(\w+)|\"(\w+)\"", text))


def _table(module: Path) -> list[tuple[str, str]]:
    readme = module.with_name("README.md")
    return _ROW.findall(readme.read_text(encoding="utf-8")) if readme.is_file() else []


def _parameters(function: str, names: str) -> tuple[Parameter, ...]:
    given = (["self"] if "." in function else []) + names.split(", ")
    return tuple(Parameter(name, None) for name in given if name)


def _names(parameters: tuple[Parameter, ...]) -> list[str]:
    return [parameter.name for parameter in parameters]
