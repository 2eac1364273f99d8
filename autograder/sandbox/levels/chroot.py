"""The chroot level: for root in containers that have neither namespaces nor Landlock to offer."""

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.sandbox import interpreter, seccomp
from autograder.sandbox.levels.level import Confinement, Launch
from autograder.sandbox.limits import Limits
from autograder.sandbox.root_image import fonts_in, sandbox_tree, why_no_tree
from autograder.sandbox.uids import Account, is_root

_TRIAL = "import os, sys; os.chroot(sys.argv[1]); os.setresuid(*[int(sys.argv[2])] * 3); import json, ctypes"


@dataclass(frozen=True)
class Chroot:
    """Another user, locked into a folder with an interpreter and its packages and nothing of the grader's.

    Only root can leave such a folder, or lock a process into it, so only where root grades. As with Landlock,
    that a process can't reach others is up to seccomp.
    """

    name = "chroot"
    rank = 3
    safe = True

    def missing(self) -> str | None:
        """Try it: say what stands in the way, or None."""
        if not is_root():
            return "only root can use it"
        if not seccomp.is_supported():
            return "which system calls to refuse on this kind of processor is not known here"
        return _missing()

    def place(self) -> Path:
        """In the folder that will be all there is."""
        return sandbox_tree() / "work"

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        """Return how to start an interpreter that locks itself in."""
        account, tree = Account(), sandbox_tree()
        packages, fonts = tree / "packages", fonts_in(tree)
        return Launch(
            command=[
                _python(tree),
                *interpreter.arguments(control, str(interpreter.code_folder().parent), str(packages)),
            ],
            environment=_environment(tree, _seen_inside(home, tree)),
            submission=_seen_inside(submission, tree),
            packages=str(packages),
            home=_seen_inside(home, tree),
            fonts=None if fonts is None else str(fonts),
            folder=home,
            account=account,
            confinement=Confinement(True, root=str(tree)),
            limits={"NPROC": limits.threads},
        )


def _seen_inside(path: Path, tree: Path) -> str:
    return f"/{path.relative_to(tree)}"


def _python(tree: Path) -> str:
    return str(tree / "python/bin/python3")


def _environment(tree: Path, home: str) -> dict[str, str]:
    return interpreter.environment(home) | {"LD_LIBRARY_PATH": str(tree / "python/lib")}


@cache
def _missing() -> str | None:
    if (why := why_no_tree()) is not None:
        return why
    tree = sandbox_tree()
    with Account() as account:
        tried = subprocess.run(
            [_python(tree), "-I", "-S", "-c", _TRIAL, str(tree), str(account.user)],
            env=_environment(tree, "/"),
            capture_output=True,
            text=True,
            check=False,
        )
    said = tried.stderr.strip().splitlines() or [f"status {tried.returncode}"]
    return f"a process can't be locked in here: {said[-1]}" if tried.returncode else None


LEVEL = Chroot()
