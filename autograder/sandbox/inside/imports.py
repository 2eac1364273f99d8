"""Imports inside the sandbox: the standard library, the allowed packages and the submission; nothing else.

Importing anything else succeeds, because an import that is never used costs no points. Using it fails with a
sentence, as an `ImportError`, so that `try: ... except ImportError:` keeps its meaning.
"""

import sys
from collections.abc import MutableSequence, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["AbsentPackageError", "names_to_allow", "restrict_imports"]


class AbsentPackageError(ImportError):
    """A package that grading does not offer was used."""


class _Absent:
    """What stands for an absent package and for everything in it."""

    def __init__(self, package: str):
        self.__dict__["_package"] = package

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise AbsentPackageError(
            f"the package {self.__dict__['_package']} can't be used here; write this part with NumPy"
        )

    __call__ = __getattr__ = __setattr__ = __getitem__ = __iter__ = __len__ = __mro_entries__ = _refuse


class _AbsentModule(ModuleType):
    """An absent package or a module of it; `from package import name` works too."""

    def __init__(self, name: str):
        super().__init__(name)
        self.__path__: MutableSequence[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent(self.__name__.partition(".")[0])


class _AbsentLoader(Loader):
    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


class _Gate(MetaPathFinder):
    """Comes first: lets allowed names pass on to the ordinary finders, answers all others itself."""

    def __init__(self, allowed: frozenset[str], submission: Path):
        self._allowed = allowed
        self._submission = submission

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        top = fullname.partition(".")[0]
        if top in self._allowed or top in sys.builtin_module_names or self._is_submitted(top):
            return None
        return ModuleSpec(fullname, _AbsentLoader(), is_package=True)

    def _is_submitted(self, top: str) -> bool:
        return (self._submission / f"{top}.py").is_file() or (self._submission / top).is_dir()


def names_to_allow(packages: Sequence[str]) -> frozenset[str]:
    """Return the names of `packages` and of the standard library."""
    return frozenset(packages) | frozenset(sys.stdlib_module_names)


def restrict_imports(allowed: frozenset[str], submission: Path) -> None:
    """From now on, allow only `allowed` and the submission's own modules."""
    sys.meta_path.insert(0, _Gate(allowed, submission))
