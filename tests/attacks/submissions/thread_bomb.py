"""Start threads until the machine has no more numbers for processes."""

import _thread
import threading


def mean(x):
    threading.stack_size(32768)
    lock = _thread.allocate_lock()
    lock.acquire()
    for _ in range(50_000):
        try:
            _thread.start_new_thread(lock.acquire, ())
        except RuntimeError:
            return 0.0
    print("BREACH: fifty thousand threads")
