"""Read the homes of whoever uses the machine."""

import os
import pathlib


def mean(x):
    for path in (
        "/root",
        "/home",
        "@HOME@",
        "@HOME@/.bashrc",
        "@HOME@/.ssh",
        "@HOME@/.profile",
        str(pathlib.Path.home() / ".."),
    ):
        try:
            if found := (os.listdir(path) if os.path.isdir(path) else open(path).read(50)):
                if not set(found) <= {
                    "home",
                    "submission",
                    "code",
                    "tmp",
                    "dev",
                    "fonts",
                    "lib",
                    "lib64",
                    "packages",
                    "python",
                    "usr",
                }:
                    print("BREACH:", path, found)
        except OSError:
            pass
    return 0.0
