"""Ask the file system where on the disk files lie, which parts were written, and what it remembers of them."""

import ctypes
import fcntl
import os

REQUESTS = {
    "map of extents": 0xC020660B,
    "flags": 0x80086601,
    "version": 0x80087601,
    "project": 0x801C581F,
    "block": 1,
    "encryption": 0x400C6615,
    "name of the disk": 0x81009431,
    "terminal input": 0x5412,
    "namespace": 0xB701,
    "entropy": 0x80045200,
}
OWN = {"x86_64": {"name_to_handle_at": 303}, "aarch64": {"name_to_handle_at": 264}}


def mean(x):
    for path in (os.__file__, ".", __file__, "/dev/urandom"):
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        for name, request in REQUESTS.items():
            try:
                fcntl.ioctl(file, request, bytearray(256))
                print("BREACH:", name, "of", path)
            except OSError:
                pass
    number = OWN[os.uname().machine]["name_to_handle_at"]
    if (
        ctypes.CDLL(None).syscall(number, -100, b".", (ctypes.c_uint32 * 64)(128), (ctypes.c_int * 2)(), 0)
        >= 0
    ):
        print("BREACH: a handle")
    return 0.0
