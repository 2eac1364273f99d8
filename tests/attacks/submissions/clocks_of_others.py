"""Read the CPU clocks of other processes, by which one sees who is there and how much it has computed."""

import ctypes
import os
import time

NUMBERS = {
    "x86_64": {"clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "timer_create": 222},
    "aarch64": {"clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "timer_create": 107},
}[os.uname().machine]


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in (os.getppid(), 1, 2, *range(max(1, os.getpid() - 20), os.getpid() + 20)):
        for kind in (0, 1, 2, 6):
            clock = (~pid << 3) | kind
            try:
                print("BREACH:", pid, "has used", time.clock_gettime(clock))
            except (OSError, OverflowError):
                pass
            for name, number in NUMBERS.items():
                arguments = (
                    (0, (ctypes.c_long * 2)(), None)
                    if name == "clock_nanosleep"
                    else (None, (ctypes.c_long * 8)())
                )
                if libc.syscall(number, clock, *arguments) == 0:
                    print("BREACH:", name, "of", pid)
    return 0.0
