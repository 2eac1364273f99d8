"""What grading a correct submission costs in CPU time, topic by topic: `make benchmark-cpu`.

A class of one and a class of four are graded by the command, one after the other, on one core; a third of the
difference is what one more submission costs. Counted is all that the machine does meanwhile: a process that
ends by being killed, as sandboxes do, leaves its time to nobody, so what `time` says of the command leaves
out half of it. Nothing else should run beside it. Linux only.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course.assignment import Assignment, assignment_names, find_assignment

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 1, 4
BAR, BAR_OF_ALL = 5.0, 20.0


def main(topics: Sequence[str]) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    table = Table(title="CPU seconds for a correct submission, on one core")
    for column in ("topic", "seconds", "import numpy"):
        table.add_column(column, justify="left" if column == "topic" else "right")
    total = 0.0
    for topic in topics:
        cost = _cost(find_assignment(topic, ROOT))
        unit = _busy(lambda: _run([sys.executable, "-c", "import numpy"]))
        table.add_row(topic, f"{cost:.2f}", f"{unit:.2f}")
        total += cost
    table.add_section()
    table.add_row("all of them", f"{total:.2f}", "")
    console = Console(width=100)
    console.print(table)
    console.print(f"The bars: {BAR:.0f} s for a topic, {BAR_OF_ALL:.0f} s for all eight.", highlight=False)


def _cost(assignment: Assignment) -> float:
    few, many = (_busy(lambda count=count: _grade(assignment, count)) for count in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def _grade(assignment: Assignment, count: int) -> None:
    source = assignment.reference.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        for number in range(count):
            student = Path(folder, "class", f"student-{number}")
            student.mkdir(parents=True)
            (student / f"{assignment.name}.py").write_text(f"{source}\n# {number}\n", encoding="utf-8")
        command = [sys.executable, "-m", "autograder", "grade", str(student.parent), "--jobs", "1"]
        _run([*command, "--assignment", assignment.name, "--out", str(Path(folder, "out"))])


def _busy(work: Callable[[], object]) -> float:
    """CPU seconds that all processes of the machine used meanwhile."""
    before = _busy_so_far()
    work()
    return _busy_so_far() - before


def _busy_so_far() -> float:
    user, nice, system, _, _, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    main(sys.argv[1:] or assignment_names(ROOT))
