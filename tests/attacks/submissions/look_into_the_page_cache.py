"""Ask the kernel which pages of the library's files are in memory: what an earlier process has left there."""

import ctypes
import mmap
import os

NUMBERS = {"x86_64": {"mincore": 27, "preadv2": 327}, "aarch64": {"mincore": 232, "preadv2": 286}}
CACHESTAT = 451


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    numbers = NUMBERS[os.uname().machine]
    file = os.open(os.__file__, os.O_RDONLY)
    buffer = (ctypes.c_char * 64)()
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (ctypes.c_void_p, *[ctypes.c_size_t] * 5)
    for page in (libc.mmap(None, 4096, mmap.PROT_READ, kind, file, 0) for kind in (1, 2)):
        if libc.syscall(numbers["mincore"], ctypes.c_void_p(page), 4096, buffer) == 0:
            print("BREACH: mincore")
    try:
        os.preadv(file, [bytearray(16)], 0, os.RWF_NOWAIT)
        print("BREACH: RWF_NOWAIT")
    except OSError:
        pass
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 16)
    if libc.syscall(numbers["preadv2"], file, vector, 1, 0, 0, 8) >= 0:
        print("BREACH: preadv2")
    if libc.syscall(CACHESTAT, file, (ctypes.c_uint64 * 2)(0, 4096), (ctypes.c_uint64 * 5)(), 0) == 0:
        print("BREACH: cachestat")
    return 0.0
