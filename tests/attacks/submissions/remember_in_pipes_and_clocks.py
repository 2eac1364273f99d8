"""Leave marks for the next check in what a process passes on: signals, locks, priorities, umask, chance."""

import os
import random
import signal

if signal.getsignal(signal.SIGUSR1) not in (signal.SIG_DFL, None) or random.getstate()[1][-1] == 7:
    print("BREACH: an earlier check was here")


def mean(x):
    signal.signal(signal.SIGUSR1, lambda *args: None)
    os.umask(0o777)
    state = list(random.getstate()[1])
    random.setstate((3, (*state[:-1], 7), None))
    try:
        os.nice(19)
        os.chdir("/")
    except OSError:
        pass
    return 0.0
