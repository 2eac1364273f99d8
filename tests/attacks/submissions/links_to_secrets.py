"""Make links to files out of reach, and read them or have them read through those."""

import os


def mean(x):
    for make in (os.symlink, os.link):
        for target in ("@CANARY@/secret.txt", "@COURSE@/solutions/attacked/test_attacked.py", "/etc/shadow"):
            try:
                make(target, "link")
                print("BREACH:", open("link").read(30))
            except OSError:
                pass
            finally:
                if os.path.lexists("link"):
                    os.remove("link")
    return 0.0
