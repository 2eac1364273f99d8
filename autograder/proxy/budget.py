"""How much time a call may take, so that one function's endless loop leaves enough for all the others."""

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


@dataclass
class Budget:
    """What is left of a submission's time.

    A call may take its full limit until a tenth of the budget is lost with calls that were stopped; from then
    on limits come down, evenly with what is left to lose. So even where every function but one loops for
    ever, a call of that one still gets `_LEAST`, and the budget lasts to the end. They come down as well
    where calls that come back have used up more than half of the budget.

    Attributes:
        limits: the submission's.
        cpu: CPU seconds that are left by what the ended processes used.
        wall: the same of seconds by the clock in which a process neither ran nor waited for a core.
        callbacks: CPU seconds that the check's own functions took when the student's code called them.
        told: whether the kernel has always told how long a process waited.
    """

    limits: Limits
    cpu: float
    wall: float
    callbacks: float = 0.0
    told: bool = True
    _lost: float = 0.0
    _stopped: set[str] = field(default_factory=set)
    _longest: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, limits: Limits) -> "Budget":
        """Return the whole of it."""
        return cls(limits, limits.total_cpu, limits.total_wall)

    def is_left(self) -> bool:
        """Return whether there is any."""
        return self.cpu > 0 and self.wall > 0

    def check(self) -> None:
        """Raise when it is used up.

        Raises:
            StudentTimeoutError: nothing is left.
            SandboxError: nothing is left by the clock, but perhaps other programs were what took it.
        """
        if self.cpu <= 0 or (self.wall <= 0 and self.told):
            slow = ", ".join(sorted(filter(None, self._stopped)))
            raise StudentTimeoutError(
                "earlier checks used up the time that a submission has" + (f", in {slow}" if slow else "")
            )
        if self.wall <= 0:
            raise not_told()

    def share(self, function: str, cpu: float, wall: float) -> float:
        """Return which part of the limits of a call one of this function may use.

        Args:
            function: a function or class of the student's; "" for executing the module.
            cpu: CPU seconds that are left.
            wall: seconds by the clock that are left.
        """
        limits = self.limits
        left = min(cpu / limits.total_cpu, wall / limits.total_wall)
        full = max(min(1.0, 2 * (_TO_LOSE - self._lost), 2 * left), 0.0)
        if function in self._stopped:
            # What came back before shows that it is slow rather than endless.
            again = max(_AGAIN * full, 2 * self._longest.get(function, 0.0))
            full = min(full, again)
        return min(max(full, _LEAST), cpu / limits.call_cpu, wall / limits.call_wall)

    def stopped(self, function: str, share: float) -> None:
        """Take down that a call was stopped after that part of the limits."""
        self._stopped.add(function)
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
