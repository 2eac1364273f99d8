"""Packing exactly what is to be handed in: the student's file, and files of the student's that it imports."""

import ast
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.files import code_of, digest_of, write_atomically, zipped


@dataclass(frozen=True)
class Pack:
    """What was packed.

    Attributes:
        path: the zip.
        files: contents by name.
    """

    path: Path
    files: dict[str, bytes]

    @property
    def code(self) -> str:
        """The short code of what is inside; the grade's `manifest.submission` begins with it."""
        return code_of(digest_of(dict(sorted(self.files.items()))))


def pack(module: Path) -> Pack:
    """Write `<topic>.zip` beside the student's file.

    Args:
        module: the student's file; it can be executed.

    Raises:
        UserError: the zip can't be written, or a zip of that name holds something else.
    """
    target = module.with_suffix(".zip")
    if target.exists() and not _is_pack(target, module.name):
        raise UserError(f"{target.name} holds something else than your work; move it away, and pack again")
    files = {name: (module.parent / name).read_bytes() for name in sorted(_needed(module))}
    try:
        write_atomically(target, zipped(files))
    except OSError as error:
        raise UserError(f"can't write {target}: {error.strerror}") from error
    return Pack(target, files)


def _is_pack(path: Path, module: str) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return module in archive.namelist()


def _needed(module: Path) -> set[str]:
    """Return the names of the module and of all in its folder that it imports, directly or not."""
    folder = module.parent
    waiting, found = [module], set[str]()
    while waiting:
        path = waiting.pop()
        name = path.relative_to(folder).as_posix()
        if name not in found:
            found.add(name)
            waiting += [file for word in _imported(path) for file in _files_of(folder, word)]
    return found


def _imported(path: Path) -> Iterator[str]:
    """Give the first words of what a file imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _files_of(folder: Path, word: str) -> list[Path]:
    """Return the files of a module or package of the student's; none for one of Python's or another's."""
    if word in sys.stdlib_module_names:
        return []
    file = folder / f"{word}.py"
    return [file] if file.is_file() else sorted((folder / word).rglob("*.py"))
