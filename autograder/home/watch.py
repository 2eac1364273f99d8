"""Checking again whenever a file is saved: what may have changed since, and no more."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from autograder.errors import UserError
from autograder.home.changes import changed_functions, still_true
from autograder.home.child.job import Job
from autograder.home.finding import Finding
from autograder.home.outcome import Outcome


class Memory:
    """What is known of a topic, and the text of the file of which it is true.

    Args:
        job: the topic's.
        check: runs a job, given what is known already.
    """

    def __init__(self, job: Job, check: Callable[[Job, Outcome | None], Outcome]):
        self.job, self._check = job, check
        self._known, self._text, self._seen = Outcome(), "", ""

    def is_stale(self) -> bool:
        """Return whether the student's file is another one than was checked last."""
        return self._read() != self._seen

    def check(self, files: set[Path]) -> Finding:
        """Check again after files were saved; all of it, unless that is the student's file alone."""
        self._seen = text = self._read()
        changed = changed_functions(self._text, text) if files <= {self.job.module} else None
        earlier = still_true(self._known, changed) if changed is not None else None
        outcome = self._check(self.job, earlier)
        if outcome.unloadable is None and not outcome.interrupted:
            self._known, self._text = outcome, text
        return Finding(self.job, outcome)

    def _read(self) -> str:
        path = self.job.module
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def saves(folders: Sequence[Path]) -> Iterator[set[Path]]:
    """Return an iterator over the Python files that were saved in some folders; it ends with Ctrl-C.

    Every five seconds without a save it gives an empty set: on some network drives nothing tells of a save.

    Raises:
        UserError: the package that watches files is not installed.
    """
    try:
        from watchfiles import PythonFilter, watch
    except ImportError as error:
        raise UserError("--watch needs the package watchfiles: python -m pip install watchfiles") from error
    changes = watch(*folders, watch_filter=PythonFilter(), recursive=False, yield_on_timeout=True)
    return ({Path(path).resolve() for _, path in some} for some in changes)


def at() -> str:
    """Return the time of day."""
    return time.strftime("%H:%M:%S")
