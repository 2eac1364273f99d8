"""The Landlock level: for machines and containers where bubblewrap can't run, root or not."""

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import interpreter, seccomp
from autograder.sandbox.inside.landlock_calls import LEAST_VERSION, version
from autograder.sandbox.levels.level import Confinement, Launch
from autograder.sandbox.limits import Limits
from autograder.sandbox.packages import font_cache, package_files, site_folder
from autograder.sandbox.root_image import fonts_in, sandbox_tree, why_no_tree
from autograder.sandbox.uids import Account, is_root

#: Where shared libraries lie, and what programs find in `/dev`.
_SYSTEM = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/dev/urandom"]
_IN_MEMORY = Path("/dev/shm")
#: Bytes that must be free there: a few submissions' worth of all that they may write.
_ROOM = 2 * 2**30
_NO_STANDARD_LIBRARY = ("site-packages", "dist-packages")


@dataclass(frozen=True)
class Landlock:
    """All files denied but the interpreter, its packages and the submission; another user where root grades.

    The process restricts itself before it looks at the submission. There are no namespaces: that a process
    can't reach others is up to seccomp, and that it fills no disk to a look at its folder now and then.
    """

    name = "landlock"
    rank = 2
    safe = True

    def missing(self) -> str | None:
        """Ask the kernel."""
        if not seccomp.is_supported():
            return "which system calls to refuse on this kind of processor is not known here"
        known = version()
        if known == 0:
            return "this kernel has no Landlock, or has it switched off (see `lsm=` among its parameters)"
        if known < LEAST_VERSION:
            return f"this kernel's Landlock has version {known}; it takes {LEAST_VERSION}, of Linux 6.2"
        return why_no_tree() if is_root() else None

    def place(self) -> Path | None:
        """In memory where there is room, so that many files take no time to remove."""
        if _has_room(_IN_MEMORY):
            return _IN_MEMORY
        return sandbox_tree() / "work" if is_root() else None  # root's own may be out of others' reach

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        """Return how to start an interpreter that will deny itself all else."""
        account = Account() if is_root() else None
        readable = [*_SYSTEM, str(submission)]
        if account is not None:
            tree = sandbox_tree()
            python, packages, fonts = tree / "python/bin/python3", tree / "packages", fonts_in(tree)
            readable += [str(tree / name) for name in ("python", "packages", "fonts")]
            listed: list[str] = []
        else:
            python, packages, fonts = interpreter.executable(), site_folder(), font_cache()
            readable += _readable_by_grader()
            listed = [str(interpreter.standard_library()), str(packages)]
        return Launch(
            command=[
                str(python),
                *interpreter.arguments(control, str(interpreter.code_folder().parent), str(packages)),
            ],
            environment=interpreter.environment(str(home))
            | {"LD_LIBRARY_PATH": str(python.parent.parent / "lib")},
            submission=str(submission),
            packages=str(packages),
            home=str(home),
            fonts=None if fonts is None else str(fonts),
            folder=home,
            account=account,
            confinement=Confinement(account is not None, landlock=(readable, listed, [str(home)])),
            limits={"NPROC": limits.threads + (0 if account is not None else _running_threads())},
        )


def _has_room(folder: Path) -> bool:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    free = os.statvfs(folder)
    return free.f_bavail * free.f_frsize >= _ROOM


def _readable_by_grader() -> list[str]:
    """The standard library and the packages; of the folder that holds them both, nothing else."""
    library = [e for e in interpreter.standard_library().iterdir() if e.name not in _NO_STANDARD_LIBRARY]
    shared = interpreter.executable().parent.parent.glob("lib/libpython*.so*")
    own = [*library, *shared, *package_files().values()]
    fonts = font_cache()
    return [str(path) for path in ([*own, fonts] if fonts is not None else own)]


def _running_threads() -> int:
    """Return how many threads this user runs: the kernel's limit counts them all."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid == os.getuid():
                count += len(os.listdir(process / "task"))
        except OSError:  # it has ended
            continue
    return count


LEVEL = Landlock()
