"""Write files wherever it might be allowed."""

import os


def mean(x):
    for folder in (
        "/",
        "/tmp/..",
        "/var/tmp",
        "/dev/shm",
        "/usr/lib",
        "/etc",
        "/run",
        "@CANARY@/open",
        "@CLASS@",
        "@COURSE@",
        "@HOME@",
        "@REPOSITORY@",
        os.path.dirname(os.__file__),
        os.path.dirname(__file__),
        "..",
    ):
        try:
            with open(os.path.join(folder, "attack-was-here"), "w") as file:
                file.write("x")
            print("BREACH: wrote to", folder)
        except OSError:
            pass
    return 0.0
