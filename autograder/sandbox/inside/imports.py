"""How the submission's code imports, in the sandbox and at home.

What can't be imported raises `ModuleNotFoundError` where the import is guarded, and `find_spec` gives None.
Anywhere else importing it succeeds, because an import that is never used costs no points, and using it fails
with a sentence. This is for imports in the submission's own files: what NumPy, Matplotlib and the standard
library try to import and do not find raises as ever.
"""

import builtins
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType

from .guards import is_guarded
from .stand_ins import AbsentPackageError, Refusal, stand_in

_FORBIDDEN = "the package {} may not be used in this assignment; write this part with NumPy"


def forbidden(package: str) -> Refusal:
    """Return why a package that the assignment forbids can't be imported."""
    return Refusal(AbsentPackageError, _FORBIDDEN.format(package))


class Imports:
    """Python's functions for importing, as the submission's code is to see them.

    Args:
        refuse: says why a module, by its dotted name, can't be imported; None where it can.
        is_own: whether a file belongs to the submission.
    """

    def __init__(self, refuse: Callable[[str], Refusal | None], is_own: Callable[[str], bool]):
        self._refuse = refuse
        self._is_own = is_own
        self._import = builtins.__import__
        self._import_module = importlib.import_module
        self._find_spec = importlib.util.find_spec

    def install(self) -> None:
        """Put them in the place of Python's own."""
        _replace(self.import_, self.import_module, self.find_spec)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Put them in the place of Python's own, for the length of a `with` block."""
        self.install()
        try:
            yield
        finally:
            _replace(self._import, self._import_module, self._find_spec)

    def import_(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """Do what `import` does: return the module, or the package that it is in."""
        __tracebackhide__ = True
        refusal = None if level else self._refusal(name, sys._getframe(1))
        if refusal is None:
            return self._import(name, globals, locals, fromlist, level)
        package, module = self._stand_in(name, refusal, sys._getframe(1))
        return module if fromlist else package

    def import_module(self, name: str, package: str | None = None) -> ModuleType:
        """Do what `importlib.import_module` does."""
        __tracebackhide__ = True
        refusal = self._refusal(name, sys._getframe(1))
        if refusal is None:
            return self._import_module(name, package)
        return self._stand_in(name, refusal, sys._getframe(1))[1]

    def find_spec(self, name: str, package: str | None = None) -> ModuleSpec | None:
        """Do what `importlib.util.find_spec` does."""
        refused = self._refusal(name, sys._getframe(1)) is not None
        return None if refused else self._find_spec(name, package)

    def _refusal(self, name: str, caller: FrameType) -> Refusal | None:
        """Return why the caller can't import this; None where it can, or isn't the submission's."""
        refusal = self._refuse(name)
        # The module of a text that is executed, too, says in its globals where it is from.
        files = (caller.f_code.co_filename, caller.f_globals.get("__file__"))
        if refusal is None or not any(isinstance(file, str) and self._is_own(file) for file in files):
            return None
        return refusal

    def _stand_in(self, name: str, refusal: Refusal, caller: FrameType) -> tuple[ModuleType, ModuleType]:
        __tracebackhide__ = True
        if is_guarded(caller, self._is_own):
            raise ModuleNotFoundError(f"No module named {name!r}: {refusal.sentence}", name=name)
        return stand_in(name, refusal)


def _replace(
    import_: Callable[..., ModuleType],
    import_module: Callable[..., ModuleType],
    find_spec: Callable[..., ModuleSpec | None],
) -> None:
    setattr(builtins, "__import__", import_)  # noqa: B010  # its type names every parameter
    setattr(importlib, "import_module", import_module)  # noqa: B010
    setattr(importlib.util, "find_spec", find_spec)  # noqa: B010
