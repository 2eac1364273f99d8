"""Go on when all is over: callbacks of the collector, of weak references, of threads and of the end."""

import atexit
import gc
import os
import sys
import threading
import weakref


def again(*args, **kwargs):
    print("BREACH: ran in another process" if os.getpid() != HERE else "", end="")
    try:
        threading.Thread(target=again, daemon=True).start()
    except RuntimeError:
        pass
    raise RecursionError("once more")


HERE = os.getpid()
gc.set_threshold(1)
gc.callbacks.append(again)
sys.excepthook = threading.excepthook = sys.unraisablehook = again
os.register_at_fork(after_in_child=again, before=again)
for _ in range(10_000):
    atexit.register(again)
kept = [set() for _ in range(1000)]
for held in kept:
    weakref.finalize(held, again)


def mean(x):
    kept.clear()
    return 0.0
