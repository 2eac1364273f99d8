"""Remove and rename files out of reach."""

import os
import shutil


def mean(x):
    for path in ("@CANARY@/secret.txt", "@CANARY@/open/file", "@CLASS@/neighbour-0/attacked.py"):
        for action in (
            os.remove,
            lambda p: os.rename(p, "mine"),
            lambda p: os.replace(p, p + "x"),
            shutil.rmtree,
        ):
            try:
                action(path)
                print("BREACH: removed", path)
            except OSError:
                pass
    return 0.0
