"""Watching how long the student's functions run: as long as when they are graded, and no longer."""

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from io import TextIOBase
from types import FrameType

from autograder.home.events import Stopped
from autograder.home.places import Source, named
from autograder.sandbox.inside import student_calls
from autograder.sandbox.limits import Limits

#: Seconds between two looks, and those that a single operation of Python's may take longer than a call.
_LOOK, _GRACE = 0.2, 5.0
#: Ends the process, whatever the student's code makes of `os`.
_end = os._exit


class Watchdog(threading.Thread):
    """Ends the process when a call of a function of the student's runs for too long.

    A call is what the check makes: the outermost frame of the student's. CPU time counts, and idle time
    up to a longer limit, as in grading. Where one operation keeps this thread from running, as `10**10**9`
    does, the process is ended by `faulthandler`, which needs no turn of the interpreter.

    Args:
        source: the student's file.
        shortened: what a function may use in place of the usual limit, by its name.
        tell: tells an event.
        traces: where to write what was running when one operation held all up.
    """

    def __init__(
        self,
        source: Source,
        shortened: Mapping[str, float],
        tell: Callable[[Stopped], None],
        traces: TextIOBase,
    ):
        super().__init__(daemon=True)
        self._source, self._shortened, self._tell, self._traces = source, shortened, tell, traces
        self._limits = Limits()
        self._main = threading.main_thread().ident
        self._outer: FrameType | None = None
        self._begun = (0.0, 0.0)

    def run(self) -> None:
        """Look, until the process ends."""
        while True:
            faulthandler.dump_traceback_later(
                self._limits.call_cpu + _GRACE,
                exit=True,
                file=self._traces,
            )
            time.sleep(_LOOK)
            self._look()

    def _look(self) -> None:
        frame = sys._current_frames().get(self._main or 0)
        own = [f for f in _outwards(frame) if self._source.holds(f)]
        counted = [f for f in _outwards(frame) if f in own or f.f_code.co_filename == student_calls.__file__]
        now = (time.process_time(), time.monotonic())
        if not own or counted[-1] is not self._outer:
            self._outer, self._begun = (counted[-1] if own else None), now
            return
        cpu, wall = (end - begin for end, begin in zip(now, self._begun, strict=True))
        outer = named(own[-1])
        allowed = self._shortened.get(outer, self._limits.call_cpu)
        if cpu > allowed or wall - cpu > self._limits.call_wall:
            place = self._source.place(named(own[0]), own[0].f_lineno)
            self._tell(Stopped(place, outer, allowed))
            _end(1)


def _outwards(frame: FrameType | None) -> list[FrameType]:
    """Return a frame and those that called it, the outermost last."""
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found
