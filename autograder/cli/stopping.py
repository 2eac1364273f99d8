"""Ctrl-C, and the request to end (SIGTERM): the command ends within two seconds and keeps what is graded."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from autograder.errors import UserError
from autograder.grading.workers import stop_workers

_STOPPED = "stopped; what was graded is kept, and the same command goes on from there"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: Seconds after which nothing is waited for any more.
_PATIENCE = 1.7


@contextmanager
def stoppable() -> Iterator[None]:
    """Have the block end soon after a signal, with one line that says how to go on.

    Both signals raise `KeyboardInterrupt` in the block, which is the main thread's. A second thread sees them
    too, and ends the process if the block does not.

    Raises:
        UserError: a signal came.
    """
    heeded = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _raise) for number in heeded}
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    earlier = signal.set_wakeup_fd(writing)
    threading.Thread(target=_watch, args=(reading,), daemon=True).start()
    stopped = False
    try:
        yield
    except KeyboardInterrupt:
        stopped = True  # the thread watches on, until the process has ended
        stop_workers()
        raise UserError(_STOPPED) from None
    finally:
        if not stopped:
            signal.set_wakeup_fd(earlier)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(writing)


def _raise(*_: object) -> NoReturn:
    """Stop the block; what follows takes less than two seconds, and a second signal does not disturb it."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _watch(reading: int) -> None:
    """End the process a while after a signal, whatever else it does."""
    while seen := os.read(reading, 1):
        if seen[0] in _SIGNALS:
            time.sleep(_PATIENCE)
            for worker in multiprocessing.active_children():
                worker.kill()
            os.write(2, f"autograder: {_STOPPED}\n".encode())
            os._exit(2)
    os.close(reading)
