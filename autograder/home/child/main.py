"""The process in which `autograder check` runs: `python -m autograder.home.child.main JOB TRACES`."""

import faulthandler
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.home.child.job import Job
from autograder.home.child.narrator import Narrator
from autograder.home.child.watchdog import Watchdog
from autograder.home.events import (
    Done,
    Event,
    Interrupted,
    Left,
    Paused,
    Refused,
    to_line,
)
from autograder.home.loading import problem_of
from autograder.home.places import Source, named
from autograder.own_pytest import own_settings
from autograder.sandbox.inside.leftovers import leave_debuggers_out
from autograder.sandbox.limits import Limits


def main() -> None:
    """Tell events on standard output, which nothing else may write to from now on."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)

        def tell(event: Event) -> None:
            out.write(to_line(event) + "\n")
            out.flush()

        _run(Job.from_text(sys.argv[1]), tell)


def _run(job: Job, tell: Callable[[Event], None]) -> None:
    source = Source(job.module)
    _answer_debuggers(source, tell)
    _see_it_leave(source, tell)
    _limit_memory()
    with open(sys.argv[2], "w", encoding="utf-8") as traces:
        faulthandler.enable(traces)
        Watchdog(source, job.shortened, tell, traces).start()
        try:
            problem = problem_of(source)
            if problem is not None:
                tell(problem)
                return
            if job.only_load:
                tell(Done())
                return
            _run_pytest(job, Narrator(job, source, tell), tell)
        except UserError as error:
            tell(Refused(str(error)))
        except KeyboardInterrupt as error:
            tell(Interrupted(source.innermost(error.__traceback__)))


def _run_pytest(job: Job, narrator: Narrator, tell: Callable[[Event], None]) -> None:
    os.environ.pop("PYTEST_ADDOPTS", None)
    os.environ.pop("PYTEST_PLUGINS", None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    command = [
        *own_settings(Path(job.checks).parent),
        "--noconftest",
        *(["-k", job.keyword] if job.keyword else []),
        *("-p", "autograder.plugin", job.checks),
    ]
    sys.stdout = sys.stderr = said = io.StringIO()
    status = pytest.main(command, plugins=[narrator])
    if status in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        last = said.getvalue().strip().splitlines()[-1:] or ["pytest says nothing"]
        tell(Refused(f"the checks can't be run: {last[0]}"))
    elif status != pytest.ExitCode.INTERRUPTED:
        tell(Done())


def _answer_debuggers(source: Source, tell: Callable[[Event], None]) -> None:
    """Make `breakpoint()` a note: nobody can type here."""

    def note(*_: object, **__: object) -> None:
        frame = sys._getframe(1)
        tell(Paused(source.place(named(frame), frame.f_lineno)))

    leave_debuggers_out()
    sys.breakpointhook = note


def _see_it_leave(source: Source, tell: Callable[[Event], None]) -> None:
    """Tell where the process is ended without any clearing up."""
    end = os._exit

    def leave(status: int) -> None:
        frame = sys._getframe(1)
        tell(Left(source.place(named(frame), frame.f_lineno) if source.holds(frame) else None))
        end(status)

    vars(os)["_exit"] = leave


def _limit_memory() -> None:
    """Allow as much memory as when grading, where the system can limit it."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (Limits().memory, hard))


if __name__ == "__main__":
    main()
