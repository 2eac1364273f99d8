"""Take memory that counts for no heap: shared, mapped, in pipes, in anonymous files, System V's."""

import ctypes
import mmap
import os


def mean(x):
    kept = []
    libc = ctypes.CDLL(None)
    if libc.shmget(0, ctypes.c_size_t(2**30), 0o1600) >= 0:
        print("BREACH: shared memory that stays")
    try:
        os.memfd_create("memory")
        print("BREACH: a file in memory")
    except OSError:
        pass
    while True:
        kept.append(mmap.mmap(-1, 2**26))
        kept[-1].write(bytes(2**26))
