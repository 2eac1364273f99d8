"""Change owners, rights, dates and attributes of files out of reach, for which no file needs to be opened."""

import os


def mean(x):
    for path in ("@CANARY@/secret.txt", "@CANARY@/open", "@CLASS@", "@HOME@", __file__):
        for action in (
            lambda: os.chmod(path, 0o777),
            lambda: os.chown(path, os.getuid(), -1),
            lambda: os.utime(path, (1, 1)),
            lambda: os.setxattr(path, "user.attack", b"x"),
            lambda: os.truncate(path, 0),
        ):
            try:
                action()
                print("BREACH: changed", path)
            except OSError:
                pass
    return 0.0
