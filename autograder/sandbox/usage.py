"""What a process of this machine uses, as the kernel tells it; nothing is known of one that has ended."""

import os
import time
from pathlib import Path


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a process has used, 0 where the kernel does not tell."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # its CPU clock, as Linux numbers them
    except OSError:
        return 0.0


def resident_of(pid: int) -> int:
    """Return the bytes of memory that a process holds, 0 where the kernel does not tell."""
    return _pages(pid, 1)


def address_space_of(pid: int) -> int:
    """Return the bytes of a process's address space, 0 where the kernel does not tell."""
    return _pages(pid, 0)


def _pages(pid: int, place: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[place]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
