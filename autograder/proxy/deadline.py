"""The limits of one call: CPU time first, and idle time as the backstop for code that sleeps."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.proxy.budget import Budget, not_told
from autograder.sandbox.process import Child
from autograder.sandbox.schedstat import own_run_delay
from autograder.verdicts import StudentTimeoutError

#: Of a call's limits, how much time passes between two looks.
_STEP = 0.05
#: Seconds between two looks at least.
_SHORTEST = 0.01


class Meter:
    """What a check's process uses during its calls.

    To look takes a message and a file, so that calls far from any limit do without: in between, no use has
    grown by more than the time that went by.

    Args:
        child: the process.
        begun: when it began to execute the module, by the monotonic clock; calls are counted from now on.

    Attributes:
        cpu: CPU seconds that it has used by the last look, callbacks included.
        idle: seconds of its calls until then in which it neither ran nor waited for a core, nor for us.
        waited: seconds until then in which it waited for a core.
        callbacks: CPU seconds of the check's own functions, called by the student's code.
        told: whether the kernel told how long it waited for a core.
    """

    def __init__(self, child: Child, begun: float):
        self.cpu = 0.0
        self.idle = 0.0
        self.waited = 0.0
        self.callbacks = 0.0
        self.told = True
        self._child = child
        self._own = _own_time()
        self._earlier = 0.0
        self._call: float | None = None
        self._looked = begun - time.monotonic()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Count the time of the block."""
        self._call = time.monotonic()
        try:
            yield
        finally:
            self._earlier, self._call = self.elapsed(), None

    @contextmanager
    def callback(self) -> Iterator[None]:
        """Count the block as a call of one of the check's functions, or as reading what asks for it."""
        before = time.thread_time()
        try:
            yield
        finally:
            self.callbacks += time.thread_time() - before

    def elapsed(self) -> float:
        """Return the seconds of all calls by the clock."""
        return self._earlier + (0.0 if self._call is None else time.monotonic() - self._call)

    def unseen(self) -> float:
        """Return the seconds since the last look in which the process was asked to work."""
        return self.elapsed() - self._looked

    def look(self) -> None:
        """Bring `cpu` and `idle` up to date."""
        elapsed, own = self.elapsed(), _own_time() - self._own
        running = self._child.sandbox.child_cpu()
        delay = self._child.run_delay()
        self.told = delay is not None
        self.waited = delay or 0.0
        self.cpu = running + self.callbacks
        self.idle = max(elapsed - running - (delay or 0.0) - own, 0.0)
        self._looked = elapsed

    def charge(self, budget: Budget) -> None:
        """Take from the budget what was used and no warm process counts; a process of short calls is free."""
        if self.unseen() >= _STEP * budget.limits.call_cpu:
            self.look()
        budget.wall -= self.idle
        budget.callbacks += self.callbacks
        budget.told &= self.told


class Deadline:
    """The limits of one call.

    Args:
        meter: that of the process which is called.
        budget: the submission's.
        label: what is called, as `Session` names it; "" for executing the module.
    """

    def __init__(self, meter: Meter, budget: Budget, label: str):
        self._meter, self._budget, self._label = meter, budget, label
        self._function = _top_level(label)
        self._share = budget.share(self._function, budget.cpu - meter.cpu, budget.wall - meter.idle)
        self._cpu_limit = self._share * budget.limits.call_cpu
        self._idle_limit = self._share * budget.limits.call_wall
        self._step = min(_STEP * budget.limits.call_cpu, self._cpu_limit, self._idle_limit)
        if meter.unseen() >= self._step:
            meter.look()
        self._cpu_before = meter.cpu + meter.unseen()
        self._idle_before = meter.idle + meter.unseen()
        self._next_look = meter.elapsed() + self._step

    def next_look(self) -> float:
        """Return the seconds until it is time to look."""
        return max(self._next_look - self._meter.elapsed(), 0.0)

    def check(self) -> None:
        """Look at the time used if it is time to look.

        Raises:
            StudentTimeoutError: a limit is reached.
            SandboxError: the one by the clock is reached, and the kernel does not tell why.
        """
        meter, budget = self._meter, self._budget
        if meter.elapsed() < self._next_look:
            return
        meter.look()
        cpu = min(self._cpu_limit + self._cpu_before, budget.cpu) - meter.cpu
        idle = min(self._idle_limit + self._idle_before, budget.wall) - meter.idle
        if cpu > 0 and idle > 0:
            self._next_look = meter.elapsed() + max(min(cpu, idle, self._step), _SHORTEST)
            return
        if cpu > 0 and not meter.told:
            raise not_told()
        budget.starved |= meter.waited > meter.cpu
        budget.check(meter.cpu, meter.idle, _called(self._label))
        budget.stopped(self._function, self._share)
        raise StudentTimeoutError(_still_running(self._label))

    def came_back(self) -> None:
        """Take down that the call has ended in time."""
        self._budget.came_back(self._function, max(self._meter.cpu - self._cpu_before, 0.0))


def _own_time() -> float:
    """Return the seconds that this thread ran or waited for a core: the process waits for us meanwhile."""
    return time.thread_time() + own_run_delay()


def _top_level(label: str) -> str:
    """Return the function or class of the student's by which a check came to what the label names."""
    name = label.removeprefix("len(")
    return name[: next((i for i, ch in enumerate(name) if ch in ".([)"), len(name))]


def _called(label: str) -> str:
    """Return what a label names, as a reader calls it."""
    return label.replace("()", "").removesuffix("[]").removesuffix(".lines")


def _still_running(label: str) -> str:
    """Say what was stopped; the words are the same whichever limit was reached, on whatever machine."""
    if not label:
        return (
            "the module itself did not come to its end, before any function was called; what takes so long "
            "outside of functions and classes?"
        )
    return (
        f"{_called(label)} was still running; does a loop in it, or in what it calls, never end, or take far "
        "more steps than it must?"
    )
