"""Read and remove the message queues and semaphores of other processes, whose numbers are easily guessed."""

import ctypes


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(4096)
    if libc.msgget(0x5EC, 0o1666) >= 0:
        print("BREACH: a queue of its own that stays")
    for number in range(40):
        if libc.msgrcv(number, buffer, 4000, 0, 0o4000) >= 0 or libc.semctl(number, 0, 0) == 0:
            print("BREACH: queue or semaphore", number)
    return 0.0
