"""What a submission may import in the sandbox: the standard library, the allowed packages and its own files.

What the assignment forbids is not there for it, even where it brings a module of that name along.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from .imports import Imports, forbidden
from .known_packages import KNOWN
from .stand_ins import AbsentFileError, AbsentPackageError, Refusal

_ABSENT = "the package {} can't be used here; write this part with NumPy"
_LEFT_BEHIND = "your {} was not handed in; hand it in beside {}, or do without it"

#: A module of the standard library, by which `numpy.testing` asks of the platform; its name depends on that.
_PLATFORMS = "_sysconfigdata"


def names_to_allow(packages: Sequence[str]) -> frozenset[str]:
    """Return the names of `packages` and of the standard library."""
    return frozenset((*packages, *sys.stdlib_module_names, *sys.builtin_module_names))


class Offer:
    """What is there for a submission to import.

    Args:
        allowed: packages, and the modules of the standard library.
        forbidden: names that are refused even where the submission has files of that name.
        explained: sentences about files that may not be there, by the name of the module.
        module: the submission's module; its other files are beside it.
    """

    def __init__(
        self, allowed: frozenset[str], forbidden: Sequence[str], explained: Mapping[str, str], module: Path
    ):
        self._allowed = allowed
        self._forbidden = frozenset(forbidden)
        self._explained = explained
        self._module = module

    def is_own(self, file: str) -> bool:
        """Return whether a file or folder belongs to the submission."""
        return f"{os.path.normpath(file)}/".startswith(f"{self._module.parent}/")

    def refuse(self, name: str) -> Refusal | None:
        """Say why a module, by its dotted name, can't be imported; None where it can."""
        top, dot, _ = name.partition(".")
        if top in self._forbidden:
            return forbidden(top)
        if self.has(top) or top in sys.modules or self.own(top) is not None:
            return None
        if top in self._explained:
            return Refusal(AbsentFileError, self._explained[top])
        if top in KNOWN:
            return Refusal(AbsentPackageError, _ABSENT.format(top))
        left = f"folder {top}" if dot else f"file {top}.py"
        return Refusal(AbsentFileError, _LEFT_BEHIND.format(left, self._module.name))

    def own(self, top: str) -> ModuleSpec | None:
        """Find one of the submission's files: beside its module, or where it has told Python to look."""
        return PathFinder.find_spec(top, [path for path in sys.path if self.is_own(path)])

    def has(self, top: str) -> bool:
        """Return whether a top-level module is an allowed package or the standard library's."""
        return top in self._allowed or top.startswith(_PLATFORMS)


class _Finder(MetaPathFinder):
    """Stands in the place of Python's own and finds what is offered, nothing else."""

    find_distributions = staticmethod(PathFinder.find_distributions)

    def invalidate_caches(self) -> None:
        PathFinder.invalidate_caches()

    def __init__(self, offer: Offer):
        self._offer = offer

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        top = fullname.partition(".")[0]
        if self._offer.has(top):
            return PathFinder.find_spec(fullname, path, target)
        if self._offer.refuse(fullname) is not None:
            return None
        return self._offer.own(top) if path is None else PathFinder.find_spec(fullname, path, target)


def restrict_imports(offer: Offer) -> None:
    """From now on, offer the submission's code this, and nothing else to anybody."""
    sys.meta_path[sys.meta_path.index(PathFinder)] = _Finder(offer)
    Imports(offer.refuse, offer.is_own).install()
