"""What grading costs in CPU time, topic by topic: `make benchmark-cpu`.

A class of one and a class of four are graded by the command, one after the other, on one core; a third of the
difference is what one more submission costs. Counted is all that the machine does meanwhile: a process that
ends by being killed, as sandboxes do, leaves its time to nobody, so what `time` says of the command leaves
out half of it. Nothing else should run beside it. Linux only.

The other columns are about wrong submissions: each member of the bank is graded in this process, once to
learn what known mistakes answer, then once more, and its CPU time, the sandbox's included, is compared with
the reference's. What they cost beyond that is the diagnosis. The last column says how many seconds learning
took, all together. `--sample 8` takes about so many members of each bank, spread over it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.variants import load_variants
from tests.in_process import graded_here

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 1, 4
BAR, BAR_OF_ALL = 5.0, 20.0
#: What a wrong submission may cost, in right ones: the median over a topic's bank.
BAR_OF_WRONG = 2.0
#: How often the right one is graded, of which the median counts.
REPEATS = 5


def main(topics: Sequence[str], sample: int | None) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    table = Table(title="CPU seconds for a correct submission, on one core; wrong ones beside it")
    for column in ("topic", "seconds", "import numpy", "wrong: median", "wrong: worst", "first use"):
        table.add_column(column, justify="left" if column == "topic" else "right")
    total = 0.0
    for topic in topics:
        cost = _cost(find_assignment(topic, ROOT))
        unit = _busy(lambda: _run([sys.executable, "-c", "import numpy"]))
        ratios, learning = _wrong(find_assignment(topic, ROOT), sample)
        table.add_row(
            topic,
            f"{cost:.2f}",
            f"{unit:.2f}",
            f"{median(ratios):.2f} times",
            f"{max(ratios):.2f} times",
            f"{learning:.0f}",
        )
        total += cost
    table.add_section()
    table.add_row("all of them", f"{total:.2f}")
    console = Console(width=100)
    console.print(table)
    console.print(
        f"The bars: {BAR:.0f} s for a topic, {BAR_OF_ALL:.0f} s for all eight; "
        f"a wrong submission costs {BAR_OF_WRONG:.0f} right ones at most, the median over a topic.",
        highlight=False,
    )


def _cost(assignment: Assignment) -> float:
    few, many = (_busy(lambda count=count: _grade(assignment, count)) for count in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def _wrong(assignment: Assignment, sample: int | None) -> tuple[list[float], float]:
    """Return what each member of the bank costs, in references, and the seconds that learning took."""
    source = assignment.reference.read_text(encoding="utf-8")
    right = median(_seconds(assignment, source) for _ in range(REPEATS))
    wrong = [variant.source for variant in load_variants(assignment).misconceptions]
    if sample is not None:
        wrong = wrong[:: -(-len(wrong) // sample)]
    first = [_seconds(assignment, text) for text in wrong]
    second = [_seconds(assignment, text) for text in wrong]
    return [seconds / right for seconds in second], sum(first) - sum(second)


def _seconds(assignment: Assignment, source: str) -> float:
    with tempfile.TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        Path(folder, f"{assignment.name}.py").write_text(source, encoding="utf-8")
        before = time.process_time()
        grade = graded_here(Path(folder), assignment)
    return time.process_time() - before + float(grade.run.get("cpu_seconds", 0.0))


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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topics", nargs="*", default=assignment_names(ROOT))
    parser.add_argument("--sample", type=int, help="members of each bank to take; else all")
    given = parser.parse_args()
    main(given.topics, given.sample)
