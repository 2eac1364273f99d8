"""The seccomp filters: the system calls that NumPy exercises need are there, no others.

Classic BPF programs, as described in the kernel's `Documentation/userspace-api/seccomp_filter.rst`. They
forbid new processes (threads are allowed), so that the address-space limit of one process bounds the memory
of all; the network; and everything by which a process could reach another one, or leave it a sign: locks on
files, what lies in the page cache, clocks and priorities of others.
"""

import errno
import platform
import struct
import sys
from collections.abc import Iterable, Mapping, Sequence

from autograder.sandbox.system_calls import NUMBERS

_LOAD_WORD = 0x20
_JUMP_EQUAL = 0x15
_JUMP_AT_LEAST = 0x35
_JUMP_ANY_BIT = 0x45
_RETURN = 0x06

_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_REFUSE = 0x00050000

# Offsets in `struct seccomp_data`.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_CLONE_THREAD = 0x00010000

_AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

#: What is done about a system call: instructions that end in a return whichever way they go.
Leaf = Sequence[bytes]

#: Known to Python's users: refused with `EPERM`, which `denied.py` explains, where all others are not there.
_REFUSED = {
    "socket", "connect", "bind", "listen", "fork", "vfork", "execve", "execveat",
    "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "getpriority", "setpriority",
    "sched_setaffinity", "flock", "chown", "fchown", "lchown", "fchownat",
    "utime", "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr",
    "removexattr", "lremovexattr", "fremovexattr",
}  # fmt: skip
#: To fork children, end them, clean up after them, and limit them; refused to the children.
_WARM_PROCESS_NEEDS = {"kill", "socketpair", "chmod", "fchmod", "fchmodat", "prlimit64"}

#: `FUTEX_WAIT` and `FUTEX_WAIT_BITSET`, by either clock: threads wait so for the end of another one. All else
#: must be private to the process (128), lest a page of a library wakes up somebody else.
_FUTEX_USES = (0, 9, 256, 265, *range(128, 142), 384, 393, 395)
#: Descriptors, and the size of a pipe; no locks, leases, or signals to a file's "owner", who may be anybody.
_FCNTL_USES = (0, 1, 2, 3, 4, 1030, 1032)
#: Whether it is a terminal, and of what size; whether to block, to stay open, how much to read; `FICLONE`.
_IOCTL_USES = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451, 0x40049409)
#: What the C library, NumPy and Python tell of their own memory; nothing that moves files' pages.
_MADVISE_USES = (0, 1, 2, 4, 8, 14, 15, 16, 17, 102, 103)
_GETSOCKOPT_USES = (3, 4, 38, 39)  # type, error, protocol and domain
_PRCTL_USES = (1, 15, 16, 22, 38)  # signal at the parent's death, a thread's name, filters, no new privileges
_PRCTL_USES_OF_CHILDREN = (15, 16)
#: The machine's clocks and the caller's own; a negative one is the CPU clock of whatever process it names.
_CLOCKS = range(12)

_Uses = tuple[int, Iterable[int], int]

#: Of which only some uses are allowed: which argument decides, its allowed values, and the error of others.
_SOME_USES: Mapping[str, _Uses] = {
    "fcntl": (1, _FCNTL_USES, errno.EPERM),
    "ioctl": (1, _IOCTL_USES, errno.EPERM),
    "prctl": (0, _PRCTL_USES, errno.EPERM),
    "futex": (1, _FUTEX_USES, errno.ENOSYS),
    "madvise": (2, _MADVISE_USES, errno.EINVAL),
    "getsockopt": (2, _GETSOCKOPT_USES, errno.ENOSYS),
    "getpgid": (0, [0], errno.EPERM),
    "getsid": (0, [0], errno.EPERM),
    "sched_getaffinity": (0, [0], errno.ENOSYS),
    "clock_getres": (0, _CLOCKS, errno.EINVAL),
    "clock_nanosleep": (0, _CLOCKS, errno.EINVAL),
}
#: The warm process looks at its child's CPU clock.
_SOME_USES_OF_CHILDREN: Mapping[str, _Uses] = {
    "prctl": (0, _PRCTL_USES_OF_CHILDREN, errno.EPERM),
    "clock_gettime": (0, _CLOCKS, errno.EINVAL),
}


def is_supported() -> bool:
    """Return whether this system's calls are known here."""
    return sys.platform == "linux" and platform.machine() in NUMBERS


def filter_programs() -> tuple[bytes, bytes]:
    """Return the two filters for this machine's architecture, each as the bytes of its instructions.

    The first holds for the warm process too and lists what is allowed, the second refuses the rest to its
    children; a filter costs the more to install the longer it is. What has a name that Python's users know
    fails with `EPERM`, other calls with `ENOSYS`, as on a kernel that is too old for them, so that the C
    library does without. Of `clone` only threads are left; there is no `clone3`, whose flags no filter sees.
    Calls of a foreign architecture kill the process.
    """
    machine = platform.machine()
    numbers = NUMBERS[machine]
    first: dict[int, Leaf] = {
        number: _refuse(errno.EPERM) if name in _REFUSED else [_return(_ALLOW)]
        for name, number in numbers.items()
    }
    first |= {numbers[name]: _only(*uses) for name, uses in _SOME_USES.items()}
    second: dict[int, Leaf] = {
        numbers[name]: _refuse(errno.EPERM) for name in _WARM_PROCESS_NEEDS if name in numbers
    }
    second |= {numbers[name]: _only(*uses) for name, uses in _SOME_USES_OF_CHILDREN.items()}
    second[numbers["clone"]] = _only_threads()
    return _program(machine, first, _refuse(errno.ENOSYS)), _program(machine, second, [_return(_ALLOW)])


def _program(machine: str, leaves: Mapping[int, Leaf], otherwise: Leaf) -> bytes:
    """Return a filter that looks a call's number up by halving the range that it may lie in.

    Args:
        machine: the architecture.
        leaves: what to do about a call, by its number.
        otherwise: what to do about all others.
    """
    instructions = [
        _instruction(_LOAD_WORD, 0, 0, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, 1, 0, _AUDIT_ARCHITECTURE[machine]),
        _return(_KILL),
        _instruction(_LOAD_WORD, 0, 0, _NUMBER),
        *_search(_ranges(leaves, otherwise)),
    ]
    return b"".join(instructions)


def _ranges(leaves: Mapping[int, Leaf], otherwise: Leaf) -> list[tuple[int, Leaf]]:
    """Return from which number on, up to the next one's, what is to be done."""
    found: list[tuple[int, Leaf]] = []
    for number in sorted({0, *leaves, *(number + 1 for number in leaves)}):
        leaf = leaves.get(number, otherwise)
        if not found or found[-1][1] != leaf:
            found.append((number, leaf))
    return found


def _search(ranges: Sequence[tuple[int, Leaf]]) -> list[bytes]:
    if len(ranges) == 1:
        return list(ranges[0][1])
    middle = len(ranges) // 2
    below, above = _search(ranges[:middle]), _search(ranges[middle:])
    # A jump goes 255 instructions far at most; `struct` refuses more.
    return [_instruction(_JUMP_AT_LEAST, len(below), 0, ranges[middle][0]), *below, *above]


def _only(position: int, values: Iterable[int], error: int) -> Leaf:
    """Allow a call if the argument at that position has one of these values; a range begins at 0."""
    load = _instruction(_LOAD_WORD, 0, 0, _FIRST_ARGUMENT + 8 * position)
    if isinstance(values, range):
        tests = [_instruction(_JUMP_AT_LEAST, 0, 1, values.stop)]
    else:
        known = list(values)
        tests = [_instruction(_JUMP_EQUAL, len(known) - i, 0, value) for i, value in enumerate(known)]
    return [load, *tests, *_refuse(error), _return(_ALLOW)]


def _only_threads() -> Leaf:
    """Allow `clone` if it makes a thread."""
    return [
        _instruction(_LOAD_WORD, 0, 0, _FIRST_ARGUMENT),
        _instruction(_JUMP_ANY_BIT, 1, 0, _CLONE_THREAD),
        *_refuse(errno.EPERM),
        _return(_ALLOW),
    ]


def _refuse(error: int) -> Leaf:
    return [_return(_REFUSE | error)]


def _return(action: int) -> bytes:
    return _instruction(_RETURN, 0, 0, action)


def _instruction(code: int, if_true: int, if_false: int, operand: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
