"""Leave a mark for the next check under a name that belongs to no file: shared memory, semaphores, queues."""

import ctypes
import os
from multiprocessing import shared_memory

NAME = b"/attacked"


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for create in (False, True):
        try:
            held = shared_memory.SharedMemory(NAME.decode().strip("/"), create=create, size=64)
        except (OSError, ValueError):
            continue
        if not create:
            print("BREACH: an earlier check left", bytes(held.buf[:8]))
        held.buf[:4] = b"mark"
    libc.sem_open.restype = ctypes.c_void_p
    if libc.sem_open(NAME, 0):
        print("BREACH: an earlier check left a semaphore")
    libc.sem_open(NAME, os.O_CREAT, 0o666, 1)
    if libc.mq_open(NAME, os.O_CREAT | os.O_RDWR, 0o666, None) >= 0:
        print("BREACH: a queue")
    return 0.0
