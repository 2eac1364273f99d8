"""Read the grader's environment variables, where keys and tokens are often kept."""

import os


def mean(x):
    for name in os.environ:
        if name in ("PATH", "USER", "AUTOGRADER_CANARY", "SHELL", "PYTHONPATH", "VIRTUAL_ENV"):
            print("BREACH: the variable", name)
    for path in ("/proc/self/environ", "/proc/1/environ"):
        try:
            if b"AUTOGRADER_CANARY" in open(path, "rb").read():
                print("BREACH:", path)
        except OSError:
            pass
    return 0.0
