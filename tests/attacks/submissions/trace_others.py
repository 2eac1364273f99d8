"""Attach to the process above as a debugger would."""

import ctypes
import os


def mean(x):
    libc = ctypes.CDLL(None)
    for pid in (1, os.getppid()):
        for request in (16, 0x4206):  # PTRACE_ATTACH, PTRACE_SEIZE
            if libc.ptrace(request, pid, 0, 0) == 0:
                print("BREACH: attached to", pid)
    return 0.0
