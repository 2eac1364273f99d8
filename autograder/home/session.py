"""Running a student's checks in a process of its own, which can break down, hang, or be stopped."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from autograder.blas import ONE_THREAD
from autograder.errors import UserError
from autograder.home.child.job import Job
from autograder.home.events import (
    Begun,
    Done,
    Ended,
    Event,
    Interrupted,
    Left,
    Paused,
    Place,
    Planned,
    Refused,
    Stopped,
    Unloadable,
    from_line,
)
from autograder.home.hints import read_hints
from autograder.home.outcome import Checked, Outcome
from autograder.home.places import Source
from autograder.home.tries import count_tries
from autograder.sandbox.limits import Limits
from autograder.verdicts import CheckVerdict

#: A stopped function may run for this share of the limit in later cases, as in grading, and at least so long.
_SHARE, _AT_LEAST = 0.1, 0.5
#: Seconds that the process has to say where it was.
_LAST_WORDS = 2.0
#: A line of `faulthandler`'s.
_FRAME = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+) in (?P<function>\S+)')


class Session:
    """Runs the checks of one topic.

    Args:
        job: which.
        progress: is told how many cases have ended, of how many, and which check runs.
        earlier: what is known already; its cases don't run again.
    """

    def __init__(self, job: Job, progress: Callable[[int, int, str], None], earlier: Outcome | None = None):
        self._job, self._progress = job, progress
        self._outcome = earlier or Outcome()
        self._planned: list[str] = []
        self._running: Begun | None = None
        self._left_at: Place | None = None
        self._finished = [case.case for check in self._outcome.checks.values() for case in check.cases]
        self._shortened = dict(job.shortened)

    def run(self) -> Outcome:
        """Run all cases, in as many processes as it takes.

        Raises:
            UserError: there is nothing to run, or the checks can't be read.
        """
        while not self._runs_to_the_end():
            pass
        self._outcome.left = len(set(self._planned) - set(self._finished))
        order = {case: number for number, case in enumerate(self._planned)}
        for checked in self._outcome.checks.values():
            checked.cases.sort(key=lambda case: order.get(case.case, 0))
        hints = read_hints(self._job.module.parent)
        if hints is not None and hints.after > 1 and self._outcome.unloadable is None:
            self._outcome.tries = count_tries(self._job.module, self._outcome)
        return self._outcome

    def _runs_to_the_end(self) -> bool:
        """Run a process; return whether nothing is left to be done."""
        job = replace(self._job, finished=self._finished, shortened=self._shortened)
        before = len(self._finished)
        with tempfile.TemporaryDirectory() as folder:
            traces = Path(folder, "traces")
            with self._started(job, traces) as process:
                try:
                    over = self._listen(process)
                except KeyboardInterrupt:
                    self._interrupt(process)
                    return True
            if over:
                return True
            if self._running is not None or not self._planned:
                self._broke_down(process.returncode, _read(traces))
            elif len(self._finished) == before:
                raise UserError(
                    f"the process that runs the checks ended by itself (status {process.returncode})"
                )
        return set(self._planned) <= set(self._finished)

    def _started(self, job: Job, traces: Path) -> "subprocess.Popen[str]":
        command = [sys.executable, "-P", "-m", "autograder.home.child.main", job.to_text(), str(traces)]
        package = str(Path(__file__).parents[2])
        search = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": search},
        )

    def _listen(self, process: "subprocess.Popen[str]") -> bool:
        """Take note of what the process tells; return whether it said that all is done."""
        assert process.stdout is not None
        over = False
        for line in process.stdout:
            over = self._take(from_line(line)) or over
        process.wait()
        return over

    def _take(self, event: Event) -> bool:
        """Take note of an event; return whether nothing comes after it."""
        match event:
            case Refused(why):
                raise UserError(why)
            case Unloadable():
                self._outcome.unloadable = event
            case Planned(cases):
                self._planned = cases
            case Begun(_, check, title, points):
                self._running = event
                self._outcome.checks.setdefault(check, Checked(check, title, Fraction(points)))
                self._progress(len(self._finished), len(self._planned), title)
            case Ended():
                self._end(event)
            case Stopped(place, outer, seconds):
                self._stop(place, outer, seconds)
            case Left(place):
                self._left_at = place
            case Interrupted(place):
                self._outcome.interrupted, self._outcome.interrupted_at = True, place
            case Paused(place):
                self._outcome.paused.append(place)
            case Done():
                return True
        return isinstance(event, (Unloadable, Interrupted))

    def _end(self, ended: Ended) -> None:
        assert self._running is not None
        self._outcome.checks[self._running.check].cases.append(ended)
        self._finished.append(ended.case)
        self._running = None
        self._progress(len(self._finished), len(self._planned), "")

    def _stop(self, place: Place, outer: str, seconds: float) -> None:
        if self._running is None:  # the file itself is being executed
            sentence = f"It has been running for {seconds:g} s; it is stopped, as it is when graded."
            self._outcome.unloadable = Unloadable(sentence, place, 0)
            return
        self._shortened[outer] = max(_AT_LEAST, _SHARE * Limits().call_cpu)
        inside = "" if place.function == outer else f", called by {outer},"
        self._end(
            Ended(
                self._running.case,
                CheckVerdict.TIMEOUT,
                [outer],
                f"{place.function}{inside} has been running for {seconds:g} s, at line {place.line}; it is "
                "stopped, as it is when graded. Does its loop end?",
                place,
            )
        )

    def _broke_down(self, status: int, traces: str) -> None:
        """Take note of what ended the process: in a case, or where the file is executed before them."""
        if self._outcome.unloadable is not None:
            return
        source = Source(self._job.module)
        frames = [f for f in _FRAME.finditer(traces) if Path(f["file"]) == source.path]
        in_trace = source.place(frames[0]["function"], int(frames[0]["line"])) if frames else None
        place, self._left_at = self._left_at or in_trace, None
        if traces.startswith("Timeout") and place is not None:
            self._stop(place, frames[-1]["function"], Limits().call_cpu)
            return
        if self._running is None:
            self._outcome.unloadable = Unloadable(_of_status(status), place or Place("", 0, ""), 0)
            return
        functions = [place.function] if place else []
        self._end(Ended(self._running.case, CheckVerdict.CRASHED, functions, _of_status(status), place))

    def _interrupt(self, process: "subprocess.Popen[str]") -> None:
        """Let the process say where it was, then end it."""
        self._outcome.interrupted = True
        with contextlib.suppress(OSError):
            process.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
        try:
            said, _ = process.communicate(timeout=_LAST_WORDS)
            for line in said.splitlines():
                self._take(from_line(line))
        except (subprocess.TimeoutExpired, ValueError, KeyboardInterrupt):
            process.kill()
            process.communicate()


def _of_status(status: int) -> str:
    """Return what a process's status says of how it ended."""
    if status >= 0:
        return f"Your code ended Python itself, with status {status}; take that out."
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    if name == "SIGKILL":
        return "Python was killed while this ran; was all of the machine's memory in use?"
    return f"Python itself broke down while this ran ({name})."


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
