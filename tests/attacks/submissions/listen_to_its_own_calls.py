"""Install filters of its own that hand its system calls over, or hide from the walls that are there."""

import ctypes
import os

SECCOMP = {"x86_64": 317, "aarch64": 277}[os.uname().machine]


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for operation in range(4):
        for flags in (0, 8):
            if libc.syscall(SECCOMP, operation, flags, (ctypes.c_uint64 * 4)()) >= 0:
                print("BREACH: seccomp", operation, flags)
    for option in (4, 21, 22, 23, 26, 28, 35, 36, 47, 59, 62, 0x59616D61):
        if libc.prctl(option, 1, 0, 0, 0) >= 0:
            print("BREACH: prctl", option)
    for number in (444, 445, 446):  # Landlock
        if libc.syscall(number, None, 0, 1) >= 0:
            print("BREACH: Landlock", number)
    return 0.0
