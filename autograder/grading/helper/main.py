"""What runs in a helper: it grades one submission after the other, until its task goes away."""

import gc
import os
import signal
import socket
import sys
from multiprocessing import current_process
from multiprocessing.connection import Connection

from autograder.errors import UserError
from autograder.grading.grade_one import grade_here
from autograder.grading.helper.bounds import BOUNDS, OUT_OF_MEMORY
from autograder.grading.helper.job import Job, Refused
from autograder.grading.helper.journal import Journal
from autograder.grading.helper.memory import limit_memory
from autograder.grading.result import Grade
from autograder.sandbox.inside.confine import die_with_parent

#: Allocations until the next garbage collection during a task; Python's default is 700.
_SELDOM = 50_000


def main() -> None:
    """Answer jobs on the socket whose descriptor is the second argument."""
    if sys.platform == "linux":
        die_with_parent(os.getppid())
    signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which sandboxes would inherit
    # Compiled checks lie in the task's own temporary folder: one is enough, and it goes with the task.
    current_process()._config["tempdir"] = sys.argv[3]  # type: ignore[attr-defined]
    gc.set_threshold(_SELDOM)
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[2])) as task, Connection(os.dup(task.fileno())) as connection:
        connection.send(True)
        _silence()
        while (job := _next_job(task, connection)) is not None:
            with Journal(job[1]) as journal:
                connection.send(_answer(job[0], journal))
            del job
            gc.collect()  # of a hostile submission hundreds of MB


def _next_job(task: socket.socket, connection: Connection) -> tuple[Job, int] | None:
    """Return what to do, and the descriptor of the journal; None where the task has gone away."""
    try:
        told, descriptors, _, _ = socket.recv_fds(task, 1, 1)
        return (connection.recv(), descriptors[0]) if told else None
    except (OSError, EOFError):
        return None


def _answer(job: Job, journal: Journal) -> Grade | Refused:
    try:
        os.chdir(job.folder)
        limit_memory(BOUNDS.room)
        return grade_here(job, journal)
    except UserError as error:
        return Refused(str(error))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _silence() -> None:
    """Say nothing from now on: nobody listens any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
