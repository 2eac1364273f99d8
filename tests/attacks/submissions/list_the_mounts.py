"""List the machine's mounts, and what kind of file system is where and how full."""

import ctypes
import os

NUMBERS = {"statmount": 457, "listmount": 458, "open_tree_attr": 467, "mount_setattr": 442, "fspick": 433}
OWN = {
    "x86_64": {"statfs": 137, "fstatfs": 138, "ustat": 136, "sysfs": 139, "quotactl": 179},
    "aarch64": {"statfs": 43, "fstatfs": 44, "quotactl": 60},
}


class Request(ctypes.Structure):
    """`struct mnt_id_req`: the root of the namespace."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("spare", ctypes.c_uint32),
        ("mount", ctypes.c_uint64),
        ("param", ctypes.c_uint64),
    ]


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    request, found = Request(24, 0, 2**64 - 1, 0), (ctypes.c_uint64 * 64)()
    if libc.syscall(NUMBERS["listmount"], ctypes.byref(request), found, 64, 0) >= 0:
        print("BREACH: mounts", list(found))
    if libc.syscall(NUMBERS["statmount"], ctypes.byref(request), found, 512, 0) >= 0:
        print("BREACH: a mount", list(found))
    for name, number in {**NUMBERS, **OWN[os.uname().machine]}.items():
        if libc.syscall(number, b"/", found, 0, 0, 0) >= 0:
            print("BREACH:", name)
    for path in ("/proc/self/mountinfo", "/proc/mounts", "/etc/mtab", "/proc/self/mounts"):
        try:
            print("BREACH:", open(path).read())
        except OSError:
            pass
    try:
        print("BREACH:", os.statvfs("/"))
    except OSError:
        pass
    return 0.0
