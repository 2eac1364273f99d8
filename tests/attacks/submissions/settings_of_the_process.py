"""Change what the kernel keeps for each process: how it is killed, merged, dumped, seen and scheduled."""

import ctypes

OPTIONS = {
    "dumpable": (4, 1),
    "keep capabilities": (8, 1),
    "timer slack": (29, 1),
    "kill on memory errors": (33, 1),
    "subreaper": (36, 1),
    "huge pages": (41, 1),
    "flusher of files": (57, 1),
    "core scheduling": (62, 1),
    "merge with others' pages": (67, 1),
    "may be traced": (0x59616D61, -1),
}
PERSONALITY = {"x86_64": 135, "aarch64": 92}


def mean(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for name, (option, value) in OPTIONS.items():
        if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) == 0:
            print("BREACH:", name)
    if libc.personality(0x0040000) >= 0:
        print("BREACH: addresses that are not random")
    return 0.0
