"""Keep a secret in the kernel's keyrings, which outlive a process and are shared by a user's others."""

import ctypes
import os

ADD, REQUEST, CONTROL = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}[os.uname().machine]


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for ring in range(-8, 0):
        if libc.syscall(REQUEST, b"user", b"attacked", None, ring) >= 0:
            print("BREACH: an earlier check left a key")
        if libc.syscall(ADD, b"user", b"attacked", b"%f" % x.flat[0], 8, ring) >= 0:
            print("BREACH: a key in ring", ring)
        for command in range(33):
            if libc.syscall(CONTROL, command, ring, 0, 0, 0) >= 0:
                print("BREACH: keyctl", command)
    return 0.0
