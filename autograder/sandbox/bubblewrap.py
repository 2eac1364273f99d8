"""The bubblewrap level: namespaces of its own for everything, and a file system with almost nothing in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from autograder.sandbox.levels import Launch, base_environment, boot_arguments, inside_folder, interpreter
from autograder.sandbox.packages import font_cache, package_files

__all__ = ["Bubblewrap"]

_PROGRAM = "bwrap"
#: Bytes of the only folder that can be written to.
_SCRATCH = 64 * 2**20
_HOME, _SUBMISSION, _PACKAGES, _CODE = "/tmp", "/submission", "/packages", "/code"
_FONTS = "/fonts"
#: Where the interpreter lies inside; its own place may be in somebody's home.
_PYTHON = "/python"
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
_NOBODY = "65534"

_ISOLATION = (
    "--unshare-all", "--unshare-user", "--disable-userns", "--uid", _NOBODY, "--gid", _NOBODY,
    "--hostname", "sandbox", "--cap-drop", "ALL", "--new-session", "--die-with-parent", "--clearenv",
    "--as-pid-1",  # no signal that the student's code can cause ends the first process of a namespace
)  # fmt: skip


class Bubblewrap:
    """Every namespace unshared, no network, a read-only system, a sized tmpfs, no capabilities."""

    name = "bubblewrap"
    safe = True

    def missing(self) -> str | None:
        """Try it: say what stands in the way, or None."""
        return _missing()

    def launch(self, submission: Path, home: Path, control: int) -> Launch:
        """Return how to start the interpreter inside bubblewrap."""
        command = [
            _PROGRAM,
            *_isolation(),
            *_file_system(submission),
            "--",
            f"{_PYTHON}/bin/python3",
            *boot_arguments(control, _CODE, _PACKAGES),
        ]
        fonts = font_cache()
        return Launch(
            command=command,
            environment={"PATH": os.environ.get("PATH", os.defpath)},
            submission=_SUBMISSION,
            packages=_PACKAGES,
            home=_HOME,
            fonts=None if fonts is None else f"{_FONTS}/{fonts.name}",
            folder=home,
        )


def _isolation() -> list[str]:
    environment = base_environment(_HOME) | {"LD_LIBRARY_PATH": f"{_PYTHON}/lib"}
    variables = [part for pair in environment.items() for part in ("--setenv", *pair)]
    return [*_ISOLATION, *variables]


def _file_system(submission: Path) -> list[str]:
    """What the process sees; the order matters, later mounts lie on top."""
    visible = [*_system(), *_interpreter(), *_packages()]
    visible += _bind(inside_folder(), f"{_CODE}/inside")
    visible += _bind(submission, _SUBMISSION)
    fonts = font_cache()
    if fonts is not None:
        visible += _bind(fonts, f"{_FONTS}/{fonts.name}")
    scratch = ["--size", str(_SCRATCH), "--tmpfs", _HOME]
    return [
        *visible,
        "--dev",
        "/dev",
        "--remount-ro",
        "/dev",
        *scratch,
        "--remount-ro",
        "/",
        "--chdir",
        _HOME,
    ]


@cache
def _system() -> tuple[str, ...]:
    arguments: list[str] = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", os.readlink(path), name]
        elif path.is_dir():
            arguments += _bind(path, name)
    for packages in Path("/usr/lib").glob("python3*/dist-packages"):
        arguments += ["--tmpfs", str(packages)]
    return tuple(arguments)


@cache
def _interpreter() -> tuple[str, ...]:
    """The interpreter and its standard library, under one neutral root; no installed packages."""
    standard = Path(os.__file__).resolve().parent
    inside = f"{_PYTHON}/{sys.platlibdir}/{standard.name}"
    arguments = [*_bind(interpreter(), f"{_PYTHON}/bin/python3"), *_bind(standard, inside)]
    for library in interpreter().parent.parent.glob("lib/libpython*.so*"):
        arguments += _bind(library, f"{_PYTHON}/lib/{library.name}")
    for folder in ("site-packages", "dist-packages"):
        if (standard / folder).is_dir():
            arguments += ["--tmpfs", f"{inside}/{folder}"]
    return tuple(arguments)


def _packages() -> Iterator[str]:
    for name, path in sorted(package_files().items()):
        yield from _bind(path, f"{_PACKAGES}/{name}")


def _bind(source: Path, target: str) -> list[str]:
    return ["--ro-bind", str(source), target]


@cache
def _missing() -> str | None:
    if shutil.which(_PROGRAM) is None:
        return "the program bwrap is not installed; install your system's package bubblewrap"
    command = [_PROGRAM, *_ISOLATION, "--ro-bind", "/", "/", "--", shutil.which("true") or "/bin/true"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        return f"bwrap does not work here: {tried.stderr.strip().splitlines()[-1:] or ['no message']}"
    return None
