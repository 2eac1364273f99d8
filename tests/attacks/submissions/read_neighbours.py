"""Read what other students handed in, and the grades that they got."""

import glob
import os


def mean(x):
    for path in ("@CLASS@", "@CLASS@/neighbour-0/attacked.py", "@CLASS@/../grades", "@CANARY@/secret.txt"):
        try:
            print("BREACH:", os.listdir(path) if os.path.isdir(path) else open(path).read(50))
        except OSError:
            pass
    if found := glob.glob("@CLASS@/*/*.py"):
        print("BREACH: neighbours", len(found))
    return 0.0
