"""Checks on our own variants in this process, within limits: endless loops are among them."""

import resource
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from autograder.grading.run_checks import Case, Recorder
from autograder.verdicts import StudentTimeoutError

#: CPU seconds for one case.
_SECONDS = 20.0
#: Bytes of address space: a wrong size may ask for any amount.
_ROOM = 6 * 2**30


class Limited(Recorder):
    """Stops the first case that runs out of time, and leaves out that one and all after it."""

    _stopped: pytest.Item | None = None

    @property
    def cases(self) -> list[Case]:
        """The cases that came to an end."""
        return [case for item, case in self.case_of.items() if item is not self._stopped]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:  # type: ignore[override]
        """Run the test with a clock beside it."""
        with _clock() as rung:
            try:
                return (yield from super().pytest_runtest_call())
            finally:
                if rung:  # the student's code may have caught what stopped it
                    self._stopped = item

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Leave out what comes after a case that was stopped; True says that the test is dealt with."""
        if self._stopped is None:
            return None
        del self.case_of[item]
        return True


@contextmanager
def _clock() -> Iterator[list[bool]]:
    """Interrupt the block after some CPU seconds; the list is not empty when that has happened."""
    rung: list[bool] = []

    def ring(number: int, frame: FrameType | None) -> None:
        rung.append(True)
        raise StudentTimeoutError(f"more than {_SECONDS:g} s")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS, _SECONDS)
    try:
        yield rung
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def little_room() -> Iterator[None]:
    """Give this process so much address space, for the length of a `with` block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
