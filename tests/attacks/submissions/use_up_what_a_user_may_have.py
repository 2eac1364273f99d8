"""Use up what the kernel grants to a user as a whole, for others of that user to notice."""

import ctypes
import fcntl
import os
import resource

NUMBERS = {
    "x86_64": {"inotify_init1": 294, "timer_create": 222, "mq_open": 240, "add_key": 248, "setrlimit": 160,
               "shmget": 29, "semget": 64, "io_setup": 206, "mlock": 149, "signalfd4": 289, "keyctl": 250},
    "aarch64": {"inotify_init1": 26, "timer_create": 107, "mq_open": 180, "add_key": 217, "setrlimit": 164,
                "shmget": 194, "semget": 190, "io_setup": 0, "mlock": 228, "signalfd4": 74, "keyctl": 219},
}[os.uname().machine]  # fmt: skip


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = (ctypes.c_long * 64)()
    for name, number in NUMBERS.items():
        if libc.syscall(number, 0, 4096, buffer, 0, 0) >= 0:
            print("BREACH:", name)
    reading, _ = os.pipe()
    try:
        fcntl.fcntl(reading, 1031, 2**20)
        print("BREACH: a pipe of a megabyte")
    except OSError:
        pass
    try:
        resource.getrlimit(resource.RLIMIT_NPROC)
        print("BREACH: its limits")
    except OSError:
        pass
    return 0.0
