"""Leave locks on files of the library, on its own and on folders, which another process could come upon."""

import fcntl
import os

WAYS = {
    "flock": lambda file: fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
    "lockf": lambda file: fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
    "lock of an open file": lambda file: fcntl.fcntl(file, 37, bytes(32)),
    "question after locks": lambda file: fcntl.fcntl(file, 5, bytes(32)),
    "lease": lambda file: fcntl.fcntl(file, 1024, 0),
    "notice": lambda file: fcntl.fcntl(file, 1026, 2),
}


def mean(x):
    for path in (os.__file__, os.path.dirname(os.__file__), __file__, "."):
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        for name, way in WAYS.items():
            try:
                way(file)
                print("BREACH:", name, "on", path)
            except OSError:
                pass
    return 0.0
