"""A folder with all that a sandbox sees of this machine, for graders that run as root.

Root's own interpreter may lie where no other user can go. So the interpreter, the packages and the shared
libraries that they need are laid out once, as hard links where the file system has them, in a folder that any
user can read and only root can write to. A process can also be locked into it, since it holds all that Python
needs, and a link to itself that makes its path mean the same inside and outside.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from autograder.sandbox import interpreter
from autograder.sandbox.packages import font_cache, package_files, package_versions

_CACHE = Path("/var/cache/dl-autograder")
#: Large parts of the standard library that no exercise needs, and the folders of installed packages.
_LEFT_OUT = re.compile(r"test|idlelib|ensurepip|config-.*|site-packages|dist-packages")


@cache
def sandbox_tree() -> Path:
    """Return the folder, made now if there is none for these versions of everything.

    It holds `python/`, `packages/`, `fonts/`, the shared libraries under their own paths, and `work/`, in
    which sandboxes may keep their files.

    Raises:
        OSError: it can't be made.
    """
    _CACHE.mkdir(parents=True, exist_ok=True)
    _CACHE.chmod(0o755)
    tree = _CACHE / _version()
    if not tree.is_dir():
        made = Path(mkdtemp(prefix=".making-", dir=_CACHE))
        try:
            _fill(made, tree)
            made.rename(tree)
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            if not tree.is_dir():  # else another process was faster
                raise
    return tree


def why_no_tree() -> str | None:
    """Return why the folder can't be made, or None when it is there."""
    try:
        sandbox_tree()
    except OSError as error:
        return f"a folder with what a sandbox sees can't be made: {error}"
    return None


def fonts_in(tree: Path) -> Path | None:
    """Return Matplotlib's list of fonts in the folder, if it holds one."""
    return next((tree / "fonts").glob("*.json"), None)


def _version() -> str:
    files = map(str, package_files().values())
    parts = [str(interpreter.executable()), sys.version, *package_versions(), *files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _fill(made: Path, final: Path) -> None:
    library = made / "python" / sys.platlibdir / interpreter.standard_library().name
    _link(interpreter.executable(), made / "python/bin/python3")
    for entry in interpreter.standard_library().iterdir():
        if not _LEFT_OUT.fullmatch(entry.name):
            _link(entry, library / entry.name)
    for shared in _own_libraries():
        _link(shared, made / "python/lib" / shared.name)
    for name, path in package_files().items():
        _link(path, made / "packages" / name)
    if (fonts := font_cache()) is not None:
        _link(fonts, made / "fonts" / fonts.name)
    for path in _shared_libraries(made):
        _link(path, made / path.relative_to("/"))
    itself = made / final.relative_to("/")
    itself.parent.mkdir(parents=True)
    for folder, _, _ in os.walk(made):
        os.chmod(folder, 0o755)
    itself.symlink_to("/")
    (made / "work").mkdir()
    (made / "work").chmod(0o711)  # no sandbox needs to know of others


def _link(source: Path, target: Path) -> None:
    """Lay a file, or a folder with all that is in it, at another place, readable for all."""
    if source.is_dir():
        for entry in source.iterdir():
            _link(entry, target / entry.name)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    file = source.resolve()
    readable = file.stat().st_mode & 0o044 == 0o044
    try:
        if not readable:
            raise OSError
        os.link(file, target)
    except OSError:
        shutil.copy2(file, target)
        target.chmod(0o755)


def _own_libraries() -> set[Path]:
    """Return the libraries beside the interpreter that it or its library needs; conda's has several."""
    folder = interpreter.executable().parent.parent / "lib"
    needed = _needed_by(interpreter.executable(), interpreter.standard_library().glob("lib-dynload/*.so"))
    return {path for path in needed if path.parent == folder} | set(folder.glob("libpython*.so*"))


def _shared_libraries(tree: Path) -> Iterator[Path]:
    """Give the libraries outside of `tree` that are needed by what is in it."""
    for path in _needed_by(tree / "python/bin/python3", tree.rglob("*.so*")):
        if not path.is_relative_to(tree) and not path.is_relative_to(interpreter.executable().parent.parent):
            yield path


def _needed_by(program: Path, libraries: Iterable[Path]) -> list[Path]:
    """Return the shared libraries that a program and some libraries load, under the names that they use."""
    said = subprocess.run(
        ["ldd", str(program), *map(str, libraries)], capture_output=True, text=True, check=False
    )
    names = set(re.findall(r"(?:=> )?(/\S+) \(0x", said.stdout))
    return sorted({Path(os.path.normpath(name)) for name in names})
