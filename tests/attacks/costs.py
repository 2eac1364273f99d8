"""What an attack costs the grader itself: `python -m tests.attacks.costs [NAME...]` prints a table.

Measured are all helpers of a submission together: the largest that one of them became, and their CPU seconds.
"""

import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from autograder.course.assignment import find_assignment
from autograder.grading import Grade, grade_submission
from autograder.grading.helper import pool
from autograder.sandbox.limits import Limits
from autograder.sandbox.usage import cpu_of
from tests.attacks.hand_in import HERE, write_hand_in

#: Enough for an attack to make what it sends, on a busy machine too.
LIMITS = Limits(call_cpu=2.0, call_wall=4.0, total_cpu=12.0, total_wall=20.0, memory=1000 * 2**20)
_MIB = 2**20


@dataclass
class Costs:
    """What this process's children, the helpers, use until the block ends."""

    peaks: dict[int, int] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    wall: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)

    @property
    def peak(self) -> int:
        """Bytes that the largest of them held."""
        return max(self.peaks.values(), default=0)

    @property
    def cpu(self) -> float:
        """CPU seconds of all."""
        return sum(self.seconds.values())

    def __enter__(self) -> Self:
        pool.IDLE.close()
        self._began = time.monotonic()
        self._watch = threading.Thread(target=self._look_on)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._look()
        self.wall = time.monotonic() - self._began
        self._done.set()
        self._watch.join()

    def _look_on(self) -> None:
        while not self._done.wait(0.02):
            self._look()

    def _look(self) -> None:
        for children in Path("/proc/self/task").glob("*/children"):
            for pid in map(int, children.read_text().split()):
                self.seconds[pid] = max(self.seconds.get(pid, 0.0), cpu_of(pid))
                self.peaks[pid] = max(self.peaks.get(pid, 0), _peak_of(pid))


def _peak_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def graded(name: str, folder: Path) -> tuple[Grade, Costs]:
    """Grade one of the submissions that need nothing around them, in helpers of its own."""
    write_hand_in(folder, (HERE / "submissions" / f"{name}.py").read_text())
    with Costs() as costs:
        grade = grade_submission(folder, find_assignment("attacked", HERE), limits=LIMITS, seed=0)
    return grade, costs


def keeping() -> dict[str, int]:
    """Return the attacks on the grader itself: those that say which points they keep, with these points."""
    found = {}
    for path in sorted((HERE / "submissions").glob("*.py")):
        for line in path.read_text().splitlines():
            if line.startswith("# keeps: "):
                found[path.stem] = int(line.removeprefix("# keeps: "))
    return found


def main(names: list[str]) -> None:
    print(f"{'attack':24} {'points':>6} {'peak MiB':>9} {'CPU s':>6} {'wall s':>6}  verdicts; what was ended")
    for name in names or keeping():
        with tempfile.TemporaryDirectory() as folder:
            grade, costs = graded(name, Path(folder))
        verdicts = " ".join(sorted({str(c.verdict) for c in grade.checks if c.points < c.max_points}))
        ended = grade.run.get("helpers_ended", "")
        print(
            f"{name:24} {grade.score:6g} {costs.peak / _MIB:9.0f} {costs.cpu:6.1f} {costs.wall:6.1f}"
            f"  {verdicts} {ended}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
