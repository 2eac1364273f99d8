"""What grading costs beyond the checks themselves: `make benchmark`.

The overhead of a correct submission is its time minus that of the same checks in one bare Python process with
the module imported directly, in units of `python -c 'import numpy'`. Machines are noisy, and slow or fast for
minutes at a time: so each round measures all of it, one right after the other, and gives one overhead in the
unit of that very round. Quoted is the median of the rounds, and in brackets their quartiles. The figures of
other tools were measured elsewhere, on one machine, with another small assignment (nbgrader 0.9.6, otter-
grader 7.0.0, Python 3.11, NumPy 2.4).
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submissions
from autograder.grading.workers import local_workers
from autograder.variants.sample_class import sample_class

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 40
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


class Round(NamedTuple):
    """Seconds of what was measured one right after the other."""

    #: Of `import numpy`, before and after the rest.
    units: tuple[float, float]
    bare: float
    batch: float

    @property
    def unit(self) -> float:
        return sum(self.units) / 2

    @property
    def overhead(self) -> float:
        """In units: of a submission within a batch."""
        return (self.batch - self.bare) / self.unit


def main(topics: Sequence[str]) -> None:
    console = Console(width=110)
    for topic in topics:
        console.print(_table(find_assignment(topic, ROOT)))
    console.print(
        "Unit: `python -c 'import numpy'`. Overhead: time of a correct submission minus that of the same\n"
        f"checks in one bare process. Medians of {ROUNDS} rounds (and quartiles). The bar in a batch is 1.5.",
        highlight=False,
    )


def _table(assignment: Assignment) -> Table:
    with tempfile.TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        batch = write_batch(assignment, Path(folder) / "class")
        rounds = _rounds(assignment, batch)
        whole = _whole_command(assignment, batch, Path(folder) / "out") / BATCH
    unit = statistics.median(r.unit for r in rounds)
    bare = statistics.median(r.bare for r in rounds)
    table = Table(title=f"overhead of a correct submission: {assignment.name}")
    for column in ("", "seconds", "units", "overhead in units"):
        table.add_column(column, justify="right" if column else "left")

    def add(name: str, seconds: float, overhead: str, unit: float = unit) -> None:
        table.add_row(name, f"{seconds:.3f}", f"{seconds / unit:.1f}", overhead)

    add("python -c 'import numpy'", unit, "")
    add("the same checks, bare", bare, "0.0")
    add("ours, within a batch", statistics.median(r.batch for r in rounds), _quartiles(rounds))
    add(f"ours, whole command / {BATCH} submissions", whole, f"{(whole - bare) / unit:.1f}")
    table.add_section()
    for name, seconds in OTHERS.items():
        add(name, seconds, f"{(seconds - THEIR_BARE) / THEIR_UNIT:.1f}", THEIR_UNIT)
    return table


def _quartiles(rounds: Sequence[Round]) -> str:
    low, middle, high = statistics.quantiles((r.overhead for r in rounds), n=4)
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def write_batch(assignment: Assignment, folder: Path) -> list[Path]:
    """Write the reference several times, with a comment that makes each copy a submission of its own."""
    source = sample_class(assignment)["reference"]
    assert source is not None
    paths = [folder / f"student-{i}" for i in range(BATCH)]
    for path in paths:
        path.mkdir(parents=True)
        (path / f"{assignment.name}.py").write_bytes(source + f"\n# {path.name}\n".encode())
    return paths


def _rounds(assignment: Assignment, batch: Sequence[Path]) -> list[Round]:
    unit = partial(_run, [sys.executable, "-c", "import numpy"])
    checks = [sys.executable, str(Path(__file__).with_name("bare_run.py")), str(assignment.folder)]
    bare = partial(_run, [*checks, str(batch[0] / f"{assignment.name}.py")])
    with local_workers(1) as worker:
        grade = partial(grade_submissions, assignment=assignment, executor=worker)
        grade([batch[0]])  # the first of a batch warms the worker up
        units = [_seconds(unit)]
        measured = []
        for turn in range(ROUNDS):
            measured.append((_seconds(bare), _seconds(partial(grade, [batch[turn % BATCH]]))))
            units.append(_seconds(unit))
    return [Round(pair, *rest) for pair, rest in zip(pairwise(units), measured, strict=True)]


def _whole_command(assignment: Assignment, batch: Sequence[Path], out: Path) -> float:
    command = ["-m", "autograder", "grade", str(batch[0].parent), "--assignment", assignment.name]
    return _seconds(partial(_run, [sys.executable, *command, "--out", str(out), "--jobs", "1"]))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:] or ["losses"])
