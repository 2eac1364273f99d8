"""The bubblewrap level: namespaces of its own for everything, and a file system with almost nothing in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.sandbox import interpreter, seccomp
from autograder.sandbox.levels.level import Launch
from autograder.sandbox.limits import Limits
from autograder.sandbox.packages import font_cache, package_files
from autograder.sandbox.root_image import fonts_in, sandbox_tree, why_no_tree
from autograder.sandbox.uids import Account, is_root, open_to_all

_PROGRAM = "bwrap"
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


@dataclass(frozen=True)
class Bubblewrap:
    """Every namespace unshared, no network, a read-only system, a sized tmpfs, no capabilities.

    Where the grader is root, the program is started as a user of its own all the same: root is not bound by
    the limit on threads, not even by another name inside.
    """

    name = "bubblewrap"
    rank = 1
    safe = True

    def missing(self) -> str | None:
        """Try it: say what stands in the way, or None."""
        return _missing()

    def place(self) -> Path | None:
        """Root's temporary folder may be out of others' reach."""
        return sandbox_tree() / "work" if is_root() else None

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        """Return how to start the interpreter inside bubblewrap."""
        account = Account() if is_root() else None
        code = interpreter.code_folder()
        if account is not None:
            code = Path(shutil.copytree(code, submission.parent / "code"))
            open_to_all(code)
        command = [
            _PROGRAM,
            *_isolation(),
            *_file_system(submission, code, sandbox_tree() if account else None, limits.scratch),
            "--",
            f"{_PYTHON}/bin/python3",
            *interpreter.arguments(control, _CODE, _PACKAGES),
        ]
        fonts = font_cache() if account is None else fonts_in(sandbox_tree())
        return Launch(
            command=command,
            environment={"PATH": os.environ.get("PATH", os.defpath)},
            submission=_SUBMISSION,
            packages=_PACKAGES,
            home=_HOME,
            fonts=None if fonts is None else f"{_FONTS}/{fonts.name}",
            folder=submission.parent,
            account=account,
            limits={"NPROC": limits.threads},
        )


def _isolation() -> list[str]:
    environment = interpreter.environment(_HOME) | {"LD_LIBRARY_PATH": f"{_PYTHON}/lib"}
    variables = [part for pair in environment.items() for part in ("--setenv", *pair)]
    return [*_ISOLATION, *variables]


def _file_system(submission: Path, code: Path, tree: Path | None, scratch: int) -> list[str]:
    """What the process sees; the order matters, later mounts lie on top."""
    own = _from_tree(tree) if tree is not None else [*_interpreter(), *_packages(), *_fonts()]
    return [
        *_system(),
        *own,
        *_bind(code, f"{_CODE}/inside"),
        *_bind(submission, _SUBMISSION),
        *("--dev", "/dev", "--remount-ro", "/dev"),
        *("--size", str(scratch), "--tmpfs", _HOME),
        *("--remount-ro", "/"),
        *("--chdir", _HOME),
    ]


def _from_tree(tree: Path) -> list[str]:
    inside = {"python": _PYTHON, "packages": _PACKAGES, "fonts": _FONTS}
    return [part for name, at in inside.items() if (tree / name).is_dir() for part in _bind(tree / name, at)]


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
    standard = interpreter.standard_library()
    inside = f"{_PYTHON}/{sys.platlibdir}/{standard.name}"
    arguments = [*_bind(interpreter.executable(), f"{_PYTHON}/bin/python3"), *_bind(standard, inside)]
    for library in interpreter.executable().parent.parent.glob("lib/libpython*.so*"):
        arguments += _bind(library, f"{_PYTHON}/lib/{library.name}")
    for folder in ("site-packages", "dist-packages"):
        if (standard / folder).is_dir():
            arguments += ["--tmpfs", f"{inside}/{folder}"]
    return tuple(arguments)


def _packages() -> Iterator[str]:
    for name, path in sorted(package_files().items()):
        yield from _bind(path, f"{_PACKAGES}/{name}")


def _fonts() -> list[str]:
    fonts = font_cache()
    return [] if fonts is None else _bind(fonts, f"{_FONTS}/{fonts.name}")


def _bind(source: Path, target: str) -> list[str]:
    return ["--ro-bind", str(source), target]


@cache
def _missing() -> str | None:
    if shutil.which(_PROGRAM) is None:
        return "the program bwrap is not installed; install your system's package bubblewrap"
    if not seccomp.is_supported():
        return "which system calls to refuse on this kind of processor is not known here"
    if is_root() and (why := why_no_tree()) is not None:
        return why
    said = _try_as_account() if is_root() else _try(None, ["--ro-bind", "/", "/"], ["/bin/true"])
    whose = " for users other than root, as whom it is started" if is_root() else ""
    return None if said is None else f"bwrap does not work here{whose}: {said}"


def _try_as_account() -> str | None:
    visible = [*_system(), *_from_tree(sandbox_tree()), "--setenv", "LD_LIBRARY_PATH", f"{_PYTHON}/lib"]
    with Account() as account:
        return _try(account.user, visible, [f"{_PYTHON}/bin/python3", "-I", "-S", "-c", ""])


def _try(user: int | None, visible: list[str], program: list[str]) -> str | None:
    """Run a program inside; return what went wrong, if anything."""
    tried = subprocess.run(
        [_PROGRAM, *_ISOLATION, *visible, "--", *program],
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    said = tried.stderr.strip().splitlines() or [f"status {tried.returncode}"]
    return said[-1] if tried.returncode else None


LEVEL = Bubblewrap()
