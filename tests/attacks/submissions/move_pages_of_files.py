"""Have pages of the library's files written out or fetched by advice about its own memory."""

import ctypes
import mmap
import os

ADVICE = {"will need": 3, "cold": 20, "page out": 21, "populate": 22, "collapse": 25, "poison": 100}


def mean(x):
    file = os.open(os.__file__, os.O_RDONLY)
    mapped = mmap.mmap(file, 4096, prot=mmap.PROT_READ, flags=mmap.MAP_SHARED)
    own = mmap.mmap(-1, 4096)
    for name, advice in ADVICE.items():
        for memory in (mapped, own):
            try:
                memory.madvise(advice)
                print("BREACH:", name)
            except (OSError, ValueError):
                pass
    address = ctypes.addressof(ctypes.c_char.from_buffer(own))
    for advice in ADVICE.values():
        if ctypes.CDLL(None).madvise(ctypes.c_void_p(address), 4096, advice) == 0:
            print("BREACH: madvise", advice)
    return 0.0
