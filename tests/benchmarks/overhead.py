"""What grading costs beyond the checks themselves: `make benchmark`.

The overhead of a correct submission is its time minus that of the same checks in one bare Python process with
the module imported directly, in units of `python -c 'import numpy'`. All of it is measured in one run, in
turn, and medians are quoted, since machines are noisy. The figures of other tools were measured elsewhere, on
one machine, with another small assignment (nbgrader 0.9.6, otter-grader 7.0.0, Python 3.11, NumPy 2.4).
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course.assignment import Assignment, find_assignment
from autograder.course.sample_class import sample_class
from autograder.grading import grade_submissions
from autograder.grading.workers import local_workers

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
BATCH = 8

#: Seconds for one correct submission, and of `import numpy` on the same machine: 0.12 to 0.15.
OTHERS = {
    "nbgrader autograde, within a batch of 8": 1.54,
    "nbgrader autograde, one student": 4.61,
    "otter run": 8.25,
    "otter's Python API, within a loop of 8": 3.72,
}
THEIR_BARE = 0.42
THEIR_UNIT = 0.135


def main(topics: Sequence[str]) -> None:
    console = Console(width=110)
    for topic in topics:
        console.print(_table(find_assignment(topic, ROOT)))
    console.print(
        "Unit: `python -c 'import numpy'`. Overhead: time of a correct submission minus that of the same\n"
        "checks in one bare process. Medians of interleaved runs. The bar within a batch is 1.5 units.",
        highlight=False,
    )


def _table(assignment: Assignment) -> Table:
    with tempfile.TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        batch = write_batch(assignment, Path(folder) / "class")
        unit, bare, single, command = _measure(assignment, batch, Path(folder) / "out")
    table = Table(title=f"overhead of a correct submission: {assignment.name}")
    for column, side in (
        ("", "left"),
        ("seconds", "right"),
        ("units", "right"),
        ("overhead in units", "right"),
    ):
        table.add_column(column, justify=side)  # type: ignore[arg-type]
    table.add_row("python -c 'import numpy'", f"{unit:.3f}", "1.0", "")
    table.add_row("the same checks, bare", f"{bare:.3f}", f"{bare / unit:.1f}", "0.0")
    ours = {"ours, within a batch": single, f"ours, whole command / {BATCH} submissions": command / BATCH}
    for name, seconds in ours.items():
        table.add_row(name, f"{seconds:.3f}", f"{seconds / unit:.1f}", f"{(seconds - bare) / unit:.1f}")
    table.add_section()
    for name, seconds in OTHERS.items():
        overhead = (seconds - THEIR_BARE) / THEIR_UNIT
        table.add_row(name, f"{seconds:.3f}", f"{seconds / THEIR_UNIT:.1f}", f"{overhead:.1f}")
    return table


def write_batch(assignment: Assignment, folder: Path) -> list[Path]:
    """Write the reference several times, with a comment that makes each copy a submission of its own."""
    source = sample_class(assignment)["reference"]
    assert source is not None
    paths = [folder / f"student-{i}" for i in range(BATCH)]
    for path in paths:
        path.mkdir(parents=True)
        (path / f"{assignment.name}.py").write_bytes(source + f"\n# {path.name}\n".encode())
    return paths


def _measure(assignment: Assignment, batch: Sequence[Path], out: Path) -> tuple[float, ...]:
    """Return median seconds: `import numpy`, bare checks, one submission in a batch, the whole command."""
    bare = [sys.executable, str(Path(__file__).with_name("bare_run.py")), str(assignment.folder)]
    module = str(batch[0] / f"{assignment.name}.py")
    command = ["-m", "autograder", "grade", str(batch[0].parent), "--assignment", assignment.name]
    times: list[list[float]] = [[], [], [], []]
    with local_workers(1) as worker:
        grade = partial(grade_submissions, assignment=assignment, executor=worker)
        grade([batch[0]])  # the first of a batch warms the worker up
        for turn in range(ROUNDS):
            times[0].append(_seconds(lambda: _run([sys.executable, "-c", "import numpy"])))
            times[1].append(_seconds(lambda: _run([*bare, module])))
            times[2].append(_seconds(partial(grade, [batch[turn % BATCH]])))
    times[3].append(_seconds(lambda: _run([sys.executable, *command, "--out", str(out), "--jobs", "1"])))
    return tuple(statistics.median(t) for t in times)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:] or ["losses"])
