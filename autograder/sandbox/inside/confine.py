"""What a process gives up, for good, before it runs a student's code."""

import ctypes
import os
import signal
from collections.abc import Mapping
from functools import cache

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2


class _Program(ctypes.Structure):
    """`struct sock_fprog` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def apply_limits(limits: Mapping[str, int]) -> None:
    """Lower resource limits, soft and hard; names as in `resource`, without `RLIMIT_`."""
    import resource

    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(kind)
        new = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (new, new))


def become(user: int, root: str | None) -> None:
    """Change from root to a user with no rights and no groups, and see nothing outside `root` from now on.

    Raises:
        OSError: this is not root, or root may not do that here.
    """
    if root is not None:
        os.chroot(root)
        os.chdir("/")
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def filter_system_calls(program: bytes) -> None:
    """Install a seccomp filter, given as the bytes of its instructions.

    Raises:
        OSError: the kernel refuses.
    """
    forbid_new_privileges()
    content = _Program(len(program) // 8, program)
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(content))


def forbid_new_privileges() -> None:
    """No program that is started from here on gains rights by being setuid."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent, process `parent`, dies."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def hide_memory() -> None:
    """Keep processes of the same user from reading or writing this one's memory."""
    _prctl(_PR_SET_DUMPABLE, 0)


@cache
def libc() -> ctypes.CDLL:
    """Return the C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """Return what a system call returned.

    Raises:
        OSError: it failed.
    """
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def _prctl(option: int, argument: int, second: int = 0) -> None:
    checked(libc().prctl(option, ctypes.c_ulong(argument), ctypes.c_ulong(second), 0, 0))
