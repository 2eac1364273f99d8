"""Start processes by system calls of its own, old, new and of another architecture's numbering."""

import ctypes
import os

NUMBERS = {
    "x86_64": {"fork": 57, "vfork": 58, "clone": 56, "clone3": 435, "execve": 59, "execveat": 322}
}.get(os.uname().machine, {"clone": 220, "clone3": 435, "execve": 221, "execveat": 281})


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    own = os.getpid()
    for name, number in NUMBERS.items():
        for flag in (0, 0x40000000):
            result = libc.syscall(number | flag, 17 if name == "clone" else 0, 0, 0, 0, 0)
            if result >= 0 or os.getpid() != own:
                print("BREACH:", name, flag)
                os._exit(0)
    return 0.0
