"""Testing a sandbox level for real: a probe in it attempts what is forbidden, and must fail."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.proxy import StudentProxy
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox, SandboxError

#: What the probe runs as if it were a submission. Each function returns whether the forbidden thing worked.
_PROBE = """
import ctypes, fcntl, os, resource, socket, sys, threading, time

def works(*actions):
    for action in actions:
        try:
            if action() is not False:
                return True
        except (OSError, ValueError, MemoryError, RuntimeError, AttributeError):
            pass  # the last: this system has no such call
    return False

def can_read(*paths):
    return works(*[lambda p=p: os.listdir(p) if os.path.isdir(p) else open(p, "rb").read(1) for p in paths])

def can_write(*folders):
    def write(folder):
        path = os.path.join(folder, "autograder-probe")
        open(path, "w").close()
        os.remove(path)
    return works(*[lambda f=f: write(f) for f in folders])

def can_change(path):
    return works(lambda: os.chmod(path, 0o600), lambda: os.utime(path), lambda: os.truncate(path, 0))

def can_open_sockets():
    families = (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK)
    return works(*[lambda f=f: socket.socket(f, socket.SOCK_DGRAM) for f in families])

def can_start_processes():
    def fork():
        if os.fork() == 0:
            os._exit(0)
        os.wait()
    return works(fork, lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}))

def can_reach_processes():
    parent = os.getppid()
    return works(
        lambda: os.kill(parent, 0),
        lambda: open(f"/proc/{parent}/environ", "rb").read(1),
        lambda: ctypes.CDLL(None).ptrace(0x4206, parent, 0, 0) == 0,
    )

def can_ask_after_processes():
    parent = os.getppid()
    return works(
        lambda: time.clock_gettime((~parent << 3) | 2),
        lambda: os.getpgid(parent),
        lambda: os.getsid(parent),
        lambda: os.getpriority(os.PRIO_PROCESS, parent),
        lambda: os.statvfs("/"),
    )

def can_leave_signs():
    file = os.open(os.__file__, os.O_RDONLY)
    return works(
        lambda: fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
        lambda: fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
        lambda: os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED),
        lambda: os.preadv(file, [bytearray(1)], 0, os.RWF_NOWAIT),
    )

def can_take_memory(size):
    return works(lambda: bytearray(size))

def can_start_threads(count):
    threading.stack_size(32768)
    waiting = threading.Event()
    def start():
        for _ in range(count):
            threading.Thread(target=waiting.wait, daemon=True).start()
    try:
        return works(start)
    finally:
        waiting.set()

def can_write_large_files(size):
    return works(lambda: os.truncate("probe", size) if open("probe", "wb") else None)

def can_raise_limits():
    free, kinds = (resource.RLIM_INFINITY, resource.RLIM_INFINITY), (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    return works(*[lambda k=k: resource.setrlimit(k, free) for k in kinds])

def sees_variable(name):
    return name in os.environ
"""


@dataclass(frozen=True)
class Attempt:
    """One forbidden thing that was tried inside.

    Attributes:
        what: what was tried, as a phrase: "read the home folder".
        prevented: whether it failed, as it should.
    """

    what: str
    prevented: bool


def try_level(level: Level, course: Path) -> list[Attempt]:
    """Attempt what students' code must not be able to do, in a sandbox of that level.

    Args:
        level: one that is not missing.
        course: the folder whose contents must stay out of sight.

    Raises:
        SandboxError: the sandbox does not start.
    """
    limits = Limits()
    with _open_folder() as folder, Sandbox(level, limits) as sandbox:
        problem = sandbox.load({"probe.py": _PROBE.encode()}, "probe")
        if problem is not None:
            raise SandboxError(f"the probe can't be read: {problem.text}")
        channel = SandboxChannel(sandbox, Budget.of(limits))
        with StudentProxy(channel, "probe", Transcript()) as student:
            attempts = _attempts(course, folder, limits)
            return [Attempt(what, not attempt(student)) for what, attempt in attempts.items()]


@contextmanager
def _open_folder() -> Iterator[Path]:
    """Make a folder and a file in it that any user of the machine may change."""
    with tempfile.TemporaryDirectory(prefix="autograder-probe-") as name:
        folder = Path(name)
        (folder / "file").write_text("open to all")
        (folder / "file").chmod(0o666)
        folder.chmod(0o777)
        yield folder


def _attempts(course: Path, folder: Path, limits: Limits) -> dict[str, Callable[[Any], bool]]:
    return {
        "read the course's solutions": lambda s: s.can_read(str(course)),
        "read your home folder": lambda s: s.can_read(str(Path.home())),
        "read /etc/passwd, /proc or /sys": lambda s: s.can_read("/etc/passwd", "/proc", "/sys"),
        "read files that are open to all": lambda s: s.can_read(str(folder), str(folder / "file")),
        "write outside its own folder": lambda s: s.can_write(str(folder), "/var/tmp", "/dev/shm", "/"),
        "change rights, dates or length of a file": lambda s: s.can_change(str(folder / "file")),
        "open a socket": lambda s: s.can_open_sockets(),
        "start another process": lambda s: s.can_start_processes(),
        "reach the process above it": lambda s: s.can_reach_processes(),
        "ask after other processes, or what is mounted": lambda s: s.can_ask_after_processes(),
        "leave locks on files, or choose what stays in memory of them": lambda s: s.can_leave_signs(),
        f"start more than {limits.threads} threads": lambda s: s.can_start_threads(limits.threads + 1),
        f"take more than {limits.memory // 2**20} MB of memory": lambda s: s.can_take_memory(limits.memory),
        f"write a file of more than {limits.file_size // 2**20} MB": lambda s: s.can_write_large_files(
            limits.file_size + 1
        ),
        "raise its own limits": lambda s: s.can_raise_limits(),
        "see your environment variables": lambda s: any(
            s.sees_variable(v) for v in os.environ if v in _YOURS
        ),
    }


#: Variables that sandboxes never have, and nearly every grader's shell has.
_YOURS = ("PATH", "USER", "SHELL", "LOGNAME")
