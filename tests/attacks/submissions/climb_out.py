"""Climb out of its folder by relative paths, and out of every folder that is open."""

import os


def mean(x):
    for start in (os.getcwd(), os.path.dirname(os.path.abspath(__file__))):
        for depth in range(1, 12):
            path = os.path.join(start, *[".."] * depth, "@CANARY@".lstrip("/"), "secret.txt")
            try:
                print("BREACH:", open(path).read())
            except OSError:
                pass
    for number in range(256):
        try:
            os.fchdir(number)
            print("BREACH: an open folder", number)
        except OSError:
            pass
    return 0.0
