"""Read the memory of the process above through /proc and process_vm_readv."""

import ctypes
import os


def mean(x):
    libc = ctypes.CDLL(None)
    buffer = ctypes.create_string_buffer(64)
    for pid in {1, os.getppid(), os.getpid() - 1}:
        for name in ("mem", "maps", "environ", "cmdline"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    print("BREACH: read", name, file.read(16))
            except OSError:
                pass
        vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
        if libc.process_vm_readv(pid, vector, 1, vector, 1, 0) > 0:
            print("BREACH: read the memory of", pid)
    return 0.0
