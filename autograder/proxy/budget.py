"""How much time a call may take, so that one function's endless loop leaves enough for all the others."""

from collections import Counter
from dataclasses import dataclass, field

from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SandboxError
from autograder.verdicts import StudentTimeoutError

#: Of the limit of a call, what a function gets that was stopped before: 2 s of 20.
_AGAIN = 0.1
#: The same at least, however much is lost already: 0.5 s of 20.
_LEAST = 0.025
#: Of the budget, what stopped calls may take before limits come down to the least.
_TO_LOSE = 0.6
#: Of the budget, what is kept for calls with the least limit.
_RESERVE = 0.2
#: So many functions are named as those that took longest.
_NAMED = 3


@dataclass
class Budget:
    """What is left of a submission's time.

    A call may take its full limit until a tenth of the budget is lost with calls that were stopped, or half
    of it is used up; from then on limits come down, evenly with what is left to lose or to use. So even where
    every function but one loops for ever, a call of that one still gets `_LEAST`, and the budget lasts.

    Attributes:
        limits: the submission's.
        cpu: CPU seconds that are left by what the ended processes used.
        wall: the same of seconds by the clock in which a process neither ran nor waited for a core.
        before: CPU seconds that processes used in sandboxes of this submission that are gone.
        callbacks: CPU seconds that the check's own functions took when the student's code called them.
        told: whether the kernel has always told how long a process waited.
        starved: whether a call was stopped of a process that had waited for a core longer than it ran.
    """

    limits: Limits
    cpu: float
    wall: float
    before: float = 0.0
    callbacks: float = 0.0
    told: bool = True
    starved: bool = False
    _lost: float = 0.0
    _stopped: Counter[str] = field(default_factory=Counter)
    _longest: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, limits: Limits) -> "Budget":
        """Return the whole of it."""
        return cls(limits, limits.total_cpu, limits.total_wall)

    def in_new_sandbox(self) -> "Budget":
        """Return it for the rest of the submission's checks, where another sandbox counts from nothing."""
        self.before = self.limits.total_cpu - self.cpu - self.callbacks
        return self

    def is_left(self) -> bool:
        """Return whether there is any."""
        return self.cpu > 0 and self.wall > 0

    def check(self, cpu: float = 0.0, idle: float = 0.0, running: str = "") -> None:
        """Raise when it is used up.

        Args:
            cpu: CPU seconds that the process which runs has used.
            idle: seconds in which it was idle.
            running: what is being called, as a reader calls it; "" between two calls.

        Raises:
            StudentTimeoutError: nothing is left.
            SandboxError: nothing is left by the clock, but perhaps other programs were what took it.
        """
        cpu_left, wall_left = self.cpu - cpu, self.wall - idle
        if cpu_left <= 0 or (wall_left <= 0 and self.told):
            during = f"{running} was still running when it and " if running else ""
            raise StudentTimeoutError(
                f"{during}earlier calls used up the time that a submission has{self._above_all()}"
            )
        if wall_left <= 0:
            raise not_told()

    def _above_all(self) -> str:
        """Name the functions that were stopped, or else those that took longest."""
        longest = sorted(self._longest, key=lambda name: -self._longest[name])
        slow = (
            sorted(filter(None, self._stopped)) or [name for name in longest if self._longest[name]][:_NAMED]
        )
        return f", above all of {', '.join(slow)}" if slow else ""

    def share(self, function: str, cpu: float, wall: float) -> float:
        """Return which part of the limits of a call one of this function may use.

        Args:
            function: a function or class of the student's; "" for executing the module.
            cpu: CPU seconds that are left.
            wall: seconds by the clock that are left.
        """
        limits = self.limits
        if not self.told:  # what may be the machine's doing shortens nobody's time
            wall = limits.total_wall
        left = min(cpu / limits.total_cpu, wall / limits.total_wall)
        to_lose, to_use = 2 * (_TO_LOSE - self._lost), (left - _RESERVE) / (0.5 - _RESERVE)
        full = max(min(1.0, to_lose, to_use), 0.0)
        if stops := self._stopped[function]:
            # What came back shows that it is slow, not endless; each further stop makes that less likely.
            slow = 2 * self._longest.get(function, 0.0) * _AGAIN ** (stops - 1)
            full = min(full, max(_AGAIN * full, slow))
        return max(min(max(full, _LEAST), cpu / limits.call_cpu, wall / limits.call_wall), 0.0)

    def stopped(self, function: str, share: float) -> None:
        """Take down that a call was stopped after that part of the limits."""
        self._stopped[function] += 1
        self._lost += share * max(
            self.limits.call_cpu / self.limits.total_cpu, self.limits.call_wall / self.limits.total_wall
        )

    def came_back(self, function: str, cpu: float) -> None:
        """Take down that a call came back after so many CPU seconds."""
        self._longest[function] = max(self._longest.get(function, 0.0), cpu / self.limits.call_cpu)


def not_told() -> SandboxError:
    """Return the error where time by the clock ran out, and whose fault that is can't be known."""
    return SandboxError(
        "a call did not come back, and this machine does not tell how long it waited for a processor"
    )
