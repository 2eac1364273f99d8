"""Rewrite its own file, the loop that calls it and NumPy itself, for the checks to come."""

import os

import numpy as np


def mean(x):
    for path in (__file__, np.__file__, os.__file__, "/code/inside/loop.py", np.linalg.__file__):
        for mode in ("w", "a", "r+"):
            try:
                open(path, mode)
                print("BREACH: can write", path)
            except OSError:
                pass
        for action in (os.remove, lambda p: os.rename(p, p + "-"), lambda p: os.truncate(p, 0)):
            try:
                action(path)
                print("BREACH: changed", path)
            except OSError:
                pass
    return 0.0
