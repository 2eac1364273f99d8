"""Stand-ins for modules that can't be imported: importing one costs nothing, using it fails with a sentence.

Stand-ins never enter `sys.modules`, so nobody who did not import one by name takes it for the real thing.
"""

from collections.abc import MutableSequence
from types import ModuleType
from typing import Any, NamedTuple


class AbsentPackageError(ImportError):
    """A package that grading does not offer, or that the assignment forbids, was used."""


class AbsentFileError(ImportError):
    """A file of the student's own that is not there was used."""


class Refusal(NamedTuple):
    """Why a module can't be imported.

    Attributes:
        kind: the class of what is raised where it is used.
        sentence: the message.
    """

    kind: type[ImportError]
    sentence: str


class StandIn(ModuleType):
    """A module that can't be imported; `from module import name` works too."""

    def __init__(self, name: str, refusal: Refusal):
        super().__init__(name)
        self.__path__: MutableSequence[str] = []
        self.__dict__["_refusal"] = refusal

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        return _Absent(self.__dict__["_refusal"])


class _Absent:
    """What stands for anything in such a module."""

    def __init__(self, refusal: Refusal):
        self.__dict__["_refusal"] = refusal

    def _refuse(self, *_: Any, **__: Any) -> Any:
        refusal: Refusal = self.__dict__["_refusal"]
        raise refusal.kind(refusal.sentence)

    __call__ = __getattr__ = __setattr__ = __getitem__ = __setitem__ = __iter__ = __len__ = _refuse
    __enter__ = __contains__ = __instancecheck__ = __subclasscheck__ = __mro_entries__ = _refuse
    __float__ = __int__ = __index__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __pow__ = __rpow__ = __matmul__ = __rmatmul__ = _refuse


def stand_in(name: str, refusal: Refusal) -> tuple[ModuleType, ModuleType]:
    """Return what stands for the package of a dotted name, and for the module in it that has this name."""
    package, *inner = name.split(".")
    top = module = StandIn(package, refusal)
    for part in inner:
        below = StandIn(f"{module.__name__}.{part}", refusal)
        module.__dict__[part] = below
        module = below
    return top, module
