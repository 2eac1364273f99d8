"""The seccomp filter: system calls that no NumPy exercise needs are refused.

A classic BPF program, as described in the kernel's `Documentation/userspace-api/seccomp_filter.rst`. It
forbids new processes (threads are allowed), so that the address-space limit of one process bounds the memory
of all, and everything that reaches other processes, the network, corners of the kernel, or, at levels where
the file system is the machine's own, the owners, rights and dates of files.
"""

import errno
import platform
import struct
import sys

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
_X32_BIT = 0x40000000

_AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435

_Uses = tuple[int, int, tuple[int, ...]]

#: To fork children, end them, clean up after them, and limit them.
_WARM_PROCESS_NEEDS = {"fork", "kill", "socketpair", "chmod", "fchmod", "fchmodat", "fchmodat2", "prlimit64"}

# Numbers from the kernel's tables (asm/unistd_64.h, asm-generic/unistd.h).
_REFUSED = {
    "x86_64": {
        "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "listen": 50,
        "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "tkill": 200, "tgkill": 234,
        "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297,
        "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "semop": 65, "semctl": 66, "semtimedop": 220,
        "msgget": 68, "msgsnd": 69, "msgrcv": 70, "msgctl": 71, "mq_open": 240, "mq_unlink": 241,
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
        "chroot": 161, "mount": 165, "umount2": 166, "pivot_root": 155, "unshare": 272, "setns": 308,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
        "add_key": 248, "request_key": 249, "keyctl": 250, "bpf": 321, "perf_event_open": 298,
        "userfaultfd": 323, "memfd_create": 319, "memfd_secret": 447, "execveat": 322,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
        "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424,
        "prlimit64": 302, "setpriority": 141, "sched_setaffinity": 203, "ioprio_set": 251,
        "sched_setparam": 142, "sched_setscheduler": 144, "sched_setattr": 314,
        "process_madvise": 440, "move_pages": 279, "migrate_pages": 256,
        "inotify_init": 253, "inotify_init1": 294,
        "name_to_handle_at": 303, "open_by_handle_at": 304, "personality": 135,
        "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452,
        "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260,
        "utime": 132, "utimes": 235, "futimesat": 261, "utimensat": 280,
        "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "setxattrat": 463,
        "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199, "removexattrat": 466,
        "file_setattr": 469, "syslog": 103, "fanotify_init": 300,
    },
    "aarch64": {
        "socket": 198, "socketpair": 199, "connect": 203, "bind": 200, "listen": 201,
        "execve": 221, "kill": 129, "tkill": 130, "tgkill": 131,
        "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
        "shmget": 194, "shmat": 196, "shmctl": 195, "semget": 190, "semctl": 191, "semtimedop": 192,
        "semop": 193, "msgget": 186, "msgctl": 187, "msgrcv": 188, "msgsnd": 189,
        "mq_open": 180, "mq_unlink": 181,
        "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
        "chroot": 51, "mount": 40, "umount2": 39, "pivot_root": 41, "unshare": 97, "setns": 268,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
        "add_key": 217, "request_key": 218, "keyctl": 219, "bpf": 280, "perf_event_open": 241,
        "userfaultfd": 282, "memfd_create": 279, "memfd_secret": 447, "execveat": 281,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
        "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424,
        "prlimit64": 261, "setpriority": 140, "sched_setaffinity": 122, "ioprio_set": 30,
        "sched_setparam": 118, "sched_setscheduler": 119, "sched_setattr": 274,
        "process_madvise": 440, "move_pages": 239, "migrate_pages": 238, "inotify_init1": 26,
        "name_to_handle_at": 264, "open_by_handle_at": 265, "personality": 92,
        "fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "fchown": 55, "fchownat": 54, "utimensat": 88,
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "setxattrat": 463,
        "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16, "removexattrat": 466,
        "file_setattr": 469, "syslog": 116, "fanotify_init": 262,
    },
}  # fmt: skip

#: System calls of which only some uses are refused: number, which argument decides, and its refused values.
#: `prctl`: the signal at the parent's death, the hidden memory. `fcntl` and `ioctl`: signals to a file's
#: "owner", who may be any process; leases; typing into a terminal.
_REFUSED_USES: dict[str, dict[str, _Uses]] = {
    "x86_64": {"prctl": (157, 0, (1, 4)), "fcntl": (72, 1, (8, 10, 15, 1024, 1026)),
               "ioctl": (16, 1, (0x8901, 0x8902, 0x5412, 0x541C))},
    "aarch64": {"prctl": (167, 0, (1, 4)), "fcntl": (25, 1, (8, 10, 15, 1024, 1026)),
                "ioctl": (29, 1, (0x8901, 0x8902, 0x5412, 0x541C))},
}  # fmt: skip


def is_supported() -> bool:
    """Return whether this system's calls are known here."""
    return sys.platform == "linux" and platform.machine() in _REFUSED


def filter_programs() -> tuple[bytes, bytes]:
    """Return the two filters for this machine's architecture, each as the bytes of its instructions.

    The first holds for the warm process too and refuses all that it does not need itself, the second refuses
    the rest to its children; a filter costs the more to install the longer it is. Refused calls fail with
    `EPERM`; `clone3` with `ENOSYS`, so that the C library falls back to `clone`, whose flags can be looked
    at. Calls of a foreign architecture kill the process.
    """
    machine = platform.machine()
    refused = _REFUSED[machine]
    first = [number for name, number in refused.items() if name not in _WARM_PROCESS_NEEDS]
    second = [number for name, number in refused.items() if name in _WARM_PROCESS_NEEDS]
    uses = _REFUSED_USES[machine]
    return (
        _program(machine, first, [uses["fcntl"], uses["ioctl"]], []),
        _program(machine, second, [uses["prctl"]], _allow_only_threads(_CLONE[machine])),
    )


def _program(machine: str, numbers: list[int], uses: list[_Uses], last: list[bytes]) -> bytes:
    instructions = [
        _instruction(_LOAD_WORD, 0, 0, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, 1, 0, _AUDIT_ARCHITECTURE[machine]),
        _instruction(_RETURN, 0, 0, _KILL),
        _instruction(_LOAD_WORD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        instructions += _when(_JUMP_AT_LEAST, _X32_BIT, errno.EPERM)
    instructions += _when(_JUMP_EQUAL, _CLONE3, errno.ENOSYS)
    for number in sorted(numbers):
        instructions += _when(_JUMP_EQUAL, number, errno.EPERM)
    for use in uses:
        instructions += _refuse_uses(*use)
    return b"".join([*instructions, *last, _instruction(_RETURN, 0, 0, _ALLOW)])


def _when(jump: int, value: int, error: int) -> list[bytes]:
    return [_instruction(jump, 0, 1, value), _instruction(_RETURN, 0, 0, _REFUSE | error)]


def _refuse_uses(number: int, position: int, values: tuple[int, ...]) -> list[bytes]:
    block = [_instruction(_LOAD_WORD, 0, 0, _FIRST_ARGUMENT + 8 * position)]
    for value in values:
        block += _when(_JUMP_EQUAL, value, errno.EPERM)
    block.append(_instruction(_RETURN, 0, 0, _ALLOW))
    return [_instruction(_JUMP_EQUAL, 0, len(block), number), *block]


def _allow_only_threads(clone: int) -> list[bytes]:
    return [
        _instruction(_JUMP_EQUAL, 0, 3, clone),
        _instruction(_LOAD_WORD, 0, 0, _FIRST_ARGUMENT),
        _instruction(_JUMP_ANY_BIT, 1, 0, _CLONE_THREAD),
        _instruction(_RETURN, 0, 0, _REFUSE | errno.EPERM),
    ]


def _instruction(code: int, if_true: int, if_false: int, operand: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
