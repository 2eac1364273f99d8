"""Unshare namespaces and mount something, which would give it rights of its own."""

import ctypes


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) == 0 or libc.unshare(0x00020000) == 0:
        print("BREACH: unshared")
    if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0:
        print("BREACH: mounted")
    if libc.setns(0, 0) == 0 or libc.pivot_root(b".", b".") == 0:
        print("BREACH: moved")
    return 0.0
