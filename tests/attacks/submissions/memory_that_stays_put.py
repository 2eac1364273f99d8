"""Lock memory, take huge pages, and offer its own pages for merging, by which one sees what others hold."""

import ctypes
import mmap

ADVICE = {"merge": 12, "huge": 14, "poison": 101}
CALLS = {"mlock": (4096,), "mlock2": (4096, 0), "munlock": (4096,)}


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (ctypes.c_void_p, *[ctypes.c_size_t] * 5)
    own = mmap.mmap(-1, 2**22)
    address = ctypes.addressof(ctypes.c_char.from_buffer(own))
    if libc.madvise(ctypes.c_void_p(address), 2**22, 12) == 0:
        print("BREACH: merged with others' pages")
    for name, rest in CALLS.items():
        if getattr(libc, name)(ctypes.c_void_p(address), *rest) == 0:
            print("BREACH:", name)
    if libc.mlockall(3) == 0:
        print("BREACH: mlockall")
    return 0.0
