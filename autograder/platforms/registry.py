"""Which platforms there are and what each can do: found by the names of their folders and files."""

from pathlib import Path
from types import ModuleType

from autograder import platforms
from autograder.errors import UserError
from autograder.extras import import_with_extra
from autograder.platforms.export import Fill, Results
from autograder.platforms.reader import Reader


def reader_kinds() -> list[str]:
    """Return the names of the platforms whose downloads can be read."""
    return _with("reader")


def export_kinds() -> list[str]:
    """Return the names of the platforms that grades can be written for."""
    return _with("export")


def reader(kind: str) -> Reader:
    """Return the reader of a platform.

    Raises:
        UserError: there is none of that name.
    """
    found = _part(kind, "reader").READER
    assert isinstance(found, Reader)
    return found


def recognized(source: Path, topic: str) -> str | None:
    """Return the platform whose download a folder or zip is, by the names in it; None if it is of none."""
    for kind in reader_kinds():
        recognizes = reader(kind).recognizes
        if recognizes is not None and recognizes(source, topic):
            return kind
    return None


def exporter(kind: str) -> tuple[Fill | None, Results | None]:
    """Return the `fill` and the `results` of a platform's export, which defines one of the two.

    Raises:
        UserError: there is no such export.
    """
    module = _part(kind, "export")
    return getattr(module, "fill", None), getattr(module, "results", None)


def _with(part: str) -> list[str]:
    """Return the platforms whose folder holds such a file."""
    return sorted(
        path.parent.name for folder in platforms.__path__ for path in Path(folder).glob(f"*/{part}.py")
    )


def _part(kind: str, part: str) -> ModuleType:
    if kind not in _with(part):
        raise UserError(f"there is no {part} {kind!r}; there are: {', '.join(_with(part))}")
    return import_with_extra(f"{platforms.__name__}.{kind}.{part}", f"the {part} {kind}")
