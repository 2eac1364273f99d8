"""Search the memory of its own process, inherited from the one that waits, for the word of the checks."""

import ctypes

# In two halves, so that it does not find what it looks for in itself.
FIRST, SECOND = b"a-word-that-m", b"ust-not-get-out"


def mean(x):
    for address in range(id(x), id(x) + 2**20, 2**12):
        try:
            page = ctypes.string_at(address, 2**12)
        except ValueError:
            break
        if any(rest.startswith(SECOND) for rest in page.split(FIRST)[1:]):
            print("BREACH: found the word")
    return 0.0
