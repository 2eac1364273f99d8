"""Trying a level of protection for real: forbidden things are attempted inside, and must fail."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.proxy import StudentProxy
from autograder.proxy.channel import Budget, SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox, SandboxError

__all__ = ["Attempt", "try_level"]

#: What the probe runs as if it were a submission. Each function returns whether the forbidden thing worked.
_PROBE = """
import os, socket, sys

def can_read(path):
    try:
        return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
    except OSError:
        return False

def can_write(folder):
    try:
        with open(os.path.join(folder, "autograder-probe"), "w"):
            pass
        os.remove(os.path.join(folder, "autograder-probe"))
        return True
    except OSError:
        return False

def can_open_sockets():
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
        return True
    except OSError:
        return False

def can_start_processes():
    try:
        if os.fork() == 0:
            os._exit(0)
        os.wait()
        return True
    except OSError:
        return False

def can_take_memory(size):
    try:
        return len(bytearray(size)) == size
    except MemoryError:
        return False

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
    with Sandbox(level, limits) as sandbox:
        problem = sandbox.load({"probe.py": _PROBE.encode()}, "probe")
        if problem is not None:
            raise SandboxError(f"the probe can't be read: {problem[3]}")
        channel = SandboxChannel(sandbox, Budget.of(limits))
        with StudentProxy(channel, "probe", Transcript()) as student:
            return [
                Attempt(what, not attempt(student)) for what, attempt in _attempts(course, limits).items()
            ]


def _attempts(course: Path, limits: Limits) -> dict[str, Callable[[Any], bool]]:
    return {
        "read the course's solutions": lambda s: s.can_read(str(course)),
        "read your home folder": lambda s: s.can_read(str(Path.home())),
        "read /etc/passwd": lambda s: s.can_read("/etc/passwd"),
        "write outside its own folder": lambda s: s.can_write("/var/tmp") or s.can_write("/"),
        "open a network socket": lambda s: s.can_open_sockets(),
        "start another process": lambda s: s.can_start_processes(),
        f"take more than {limits.memory // 2**20} MB of memory": lambda s: s.can_take_memory(limits.memory),
        "see your environment variables": lambda s: s.sees_variable("PATH"),
    }
