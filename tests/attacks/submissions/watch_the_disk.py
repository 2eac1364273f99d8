"""Watch folders out of reach for the names of files that others open and make there."""

import ctypes
import os


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    for folder in (b"@CANARY@", b"@CLASS@", b"@COURSE@/solutions/attacked", b"/tmp"):
        if watch >= 0 and libc.inotify_add_watch(watch, folder, 0xFFF) >= 0:
            print("BREACH: watching", folder)
    return 0.0
