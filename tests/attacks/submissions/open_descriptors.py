"""Read and write every descriptor that the process has inherited."""

import os
import stat


def mean(x):
    for number in range(3, 256):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            print("BREACH: inherited a file", number)
    return 0.0
