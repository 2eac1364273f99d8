"""Forbidden packages at home: the same verdict as in grading, even if a package is installed here."""

import builtins
from collections.abc import Collection, Mapping, Sequence
from types import ModuleType

from autograder.sandbox.inside.imports import forbidden_module


def builtins_without(packages: Collection[str]) -> dict[str, object]:
    """Return Python's builtins with an `import` that gives empty stand-ins for `packages`.

    A module with these as its `__builtins__` can import the packages, and fails where it uses them, as in the
    sandbox. All other modules of the process, such as pytest's plugins, are not affected. Imports through
    `importlib`, or in another module beside this one, are found only in grading.
    """

    def guarded(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        package, _, inner = name.partition(".")
        if level != 0 or package not in packages:
            return builtins.__import__(name, globals, locals, fromlist, level)
        module = forbidden_module(name)
        for part in inner.split(".") if fromlist and inner else ():
            module = vars(module)[part]
        return module

    return {**vars(builtins), "__import__": guarded}
