"""Imports inside the sandbox: the standard library, the allowed packages and the submission; nothing else.

Importing anything else succeeds, because an import that is never used costs no points. Using it fails with a
sentence, as an `ImportError`, so that `try: ... except ImportError:` keeps its meaning. The same goes for
what the assignment forbids, even where the submission brings a module of that name along.
"""

import sys
from collections.abc import MutableSequence, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

_ABSENT = "the package {} can't be used here; write this part with NumPy"
_FORBIDDEN = "the package {} may not be used in this assignment; write this part with NumPy"


class AbsentPackageError(ImportError):
    """A package that grading does not offer, or that the assignment forbids, was used."""


class _Absent:
    """What stands for an absent package and for everything in it."""

    def __init__(self, refusal: str):
        self.__dict__["_refusal"] = refusal

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise AbsentPackageError(self.__dict__["_refusal"])

    __call__ = __getattr__ = __setattr__ = __getitem__ = __iter__ = __len__ = __mro_entries__ = _refuse


class _AbsentModule(ModuleType):
    """An absent package or a module of it; `from package import name` works too."""

    def __init__(self, name: str, sentence: str):
        super().__init__(name)
        self.__path__: MutableSequence[str] = []
        self.__dict__["_refusal"] = sentence.format(name.partition(".")[0])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent(self.__dict__["_refusal"])


class _AbsentLoader(Loader):
    def __init__(self, sentence: str):
        self._sentence = sentence

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name, self._sentence)

    def exec_module(self, module: ModuleType) -> None:
        pass


class _Gate(MetaPathFinder):
    """Comes first: lets allowed names pass on to the ordinary finders, answers all others itself."""

    def __init__(self, allowed: frozenset[str], forbidden: frozenset[str], submission: Path):
        self._allowed = allowed
        self._forbidden = forbidden
        self._submission = submission

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        top = fullname.partition(".")[0]
        if top in self._forbidden:
            return ModuleSpec(fullname, _AbsentLoader(_FORBIDDEN), is_package=True)
        if top in self._allowed or top in sys.builtin_module_names or self._is_submitted(top):
            return None
        return ModuleSpec(fullname, _AbsentLoader(_ABSENT), is_package=True)

    def _is_submitted(self, top: str) -> bool:
        return (self._submission / f"{top}.py").is_file() or (self._submission / top).is_dir()


def names_to_allow(packages: Sequence[str]) -> frozenset[str]:
    """Return the names of `packages` and of the standard library."""
    return frozenset(packages) | frozenset(sys.stdlib_module_names)


def restrict_imports(allowed: frozenset[str], forbidden: Sequence[str], submission: Path) -> None:
    """From now on, allow only what is `allowed` and the submission's own modules.

    Of the submission's own modules, those are not allowed whose names are among the `forbidden`.
    """
    sys.meta_path.insert(0, _Gate(allowed, frozenset(forbidden), submission))


def forbidden_module(name: str) -> ModuleType:
    """Return what stands for a forbidden package, with the modules in it that lead to `name`."""
    package, *inner = name.split(".")
    top = module = _AbsentModule(package, _FORBIDDEN)
    for part in inner:
        below = _AbsentModule(f"{module.__name__}.{part}", _FORBIDDEN)
        module.__dict__[part] = below
        module = below
    return top
