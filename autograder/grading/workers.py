"""Local worker processes that never outlive the command that started them.

They import nothing from the working directory, which may be a student's.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import ParamSpec, TypeVar

from autograder.grading.helper.process import kill_helpers
from autograder.isolation import starting_isolated
from autograder.sandbox.inside.confine import die_with_parent
from autograder.sandbox.process import kill_sandboxes

#: Allocations until the next garbage collection during a task; Python's default is 700.
_SELDOM = 50_000

#: Has a worker remove what it keeps on disk, and end. SIGTERM stays what ends it where it hangs in C code.
_LEAVE = getattr(signal, "SIGUSR1", signal.SIGTERM)

_P = ParamSpec("_P")
_T = TypeVar("_T")


class _TidyPool(ProcessPoolExecutor):
    """Processes that seldom collect garbage during a task, and always at its end."""

    def submit(self, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        with _interrupt_held(), starting_isolated():  # the first call starts the processes
            return super().submit(_tidied, task, *args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        """Wait for the tasks; after Ctrl-C, end them."""
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            stop_workers()
        return super().__exit__(kind, error, traceback)


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Hold back Ctrl-C for a moment: processes begin with that, and let it go once they know what to do."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tidied(task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Do a task, then free the reference cycles that it leaves: of a hostile submission hundreds of MB."""
    try:
        return task(*args, **kwargs)
    finally:
        gc.collect()


def local_workers(jobs: int) -> ProcessPoolExecutor:
    """Return an executor of `jobs` processes on this machine.

    They are spawned, not forked, so they inherit no locks and no open files of this process. They end with
    it, even when it is killed.
    """
    context = multiprocessing.get_context("spawn")
    with starting_isolated():  # its locks start the process that tidies up after them
        return _TidyPool(jobs, context, initializer=_begin, initargs=(os.getpid(),))


def stop_workers(patience: float = 1.0) -> None:
    """End this process's workers now.

    Args:
        patience: seconds for removing what they keep on disk; who takes longer, hangs, and is killed.
    """
    workers = multiprocessing.active_children()
    for worker in workers:
        if worker.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(worker.pid, _LEAVE)
    until = time.monotonic() + patience
    for worker in workers:
        worker.join(max(0.0, until - time.monotonic()))
        worker.kill()


def _begin(parent: int) -> None:
    """End with the parent; leave the modules imported by now out of garbage collection.

    Ctrl-C reaches the workers as well, but only the parent reacts to it, with one line.
    """
    _follow(parent)
    signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which sandboxes would inherit
    signal.signal(_LEAVE, _leave)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.set_threshold(_SELDOM)
    gc.collect()
    gc.freeze()


def _leave(*_: object) -> None:
    """End at once, whatever is being graded, with the sandboxes and their folders."""
    kill_helpers()
    kill_sandboxes()
    os._exit(1)


def _follow(parent: int) -> None:
    if sys.platform == "linux":
        die_with_parent(parent)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
