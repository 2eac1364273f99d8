"""What grading costs beside plain nbgrader and plain otter-grader: `make benchmark-tools`.

The same checks of one topic, on the same right modules, in one run, in turn: bare in one Python process, by
`nbgrader autograde` in the kernel, by `otter run`, and by `autograder grade --from nbgrader`, which writes
the gradebook. The overhead of a submission is its time minus that of the bare checks. Medians.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bare_run import BareChecks
from overhead import BATCH, ROOT, write_batch
from plain_course import SCRIPTS, nbgrader_course, otter_assignment, our_course, run
from rich.console import Console
from rich.table import Table

from autograder.course.assignment import Assignment, find_assignment

ROUNDS = 3

Work = Callable[[], object]


def main(topic: str) -> None:
    assignment = find_assignment(topic, ROOT)
    with tempfile.TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        works = _prepare(assignment, Path(folder))
        seconds: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, (work, submissions) in works.items():
                seconds[name].append(_seconds(work) / submissions)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    Console(width=110).print(_table(topic, medians))


def _prepare(assignment: Assignment, folder: Path) -> dict[str, tuple[Work, int]]:
    """Make the courses; return what is to be timed, and how many submissions it grades."""
    topic = assignment.name
    modules = [path / f"{topic}.py" for path in write_batch(assignment, folder / "class")]
    checks = list(BareChecks(assignment.folder, modules[0]).by_name)
    plain, ours = folder / "plain", folder / "ours"
    nbgrader_course(plain, assignment, checks, modules)
    zipped, submission = otter_assignment(folder / "otter", assignment, checks, modules[0])
    our_course(ours, topic, modules)
    bare = [sys.executable, str(ROOT / "tests" / "benchmarks" / "bare_run.py"), str(assignment.folder)]
    otter = [SCRIPTS / "otter", "run", str(submission), "-a", str(zipped), "-o", str(folder)]
    grade = [
        SCRIPTS / "autograder",
        "grade",
        "--from",
        "nbgrader",
        str(ours),
        "--assignment",
        topic,
        "--force",
    ]
    autograde = [SCRIPTS / "nbgrader", "autograde", topic, "--force"]
    return {
        "bare": (lambda: run([*bare, str(modules[0])], ROOT), 1),
        "nbgrader": (lambda: run(autograde, plain), BATCH),
        "otter": (lambda: run(otter, folder), 1),
        "ours": (lambda: run([*grade, "--jobs", "1"], ROOT), BATCH),
        "ours, 2 jobs": (lambda: run([*grade, "--jobs", "2"], ROOT), BATCH),
    }


def _table(topic: str, seconds: Mapping[str, float]) -> Table:
    table = Table(title=f"a correct submission of {topic}, in batches of {BATCH} (otter: one at a time)")
    for column in ("", "seconds", "overhead", "share of nbgrader's", "share of otter's"):
        table.add_column(column, justify="right" if column else "left")
    over = {name: value - seconds["bare"] for name, value in seconds.items()}
    for name, value in seconds.items():
        shares = [f"{over[name] / over[other]:.3f}" for other in ("nbgrader", "otter")]
        table.add_row(name, f"{value:.2f}", f"{over[name]:.2f}", *shares)
    table.caption = "Bars for ours: a quarter of nbgrader's, a twentieth of otter's."
    return table


def _seconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "losses")
