"""Item 8: what a student reads does not depend on how busy the machine is."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submissions
from autograder.grading.workers import local_workers
from autograder.sandbox.limits import Limits
from tests.submissions.platforms import BANK, CHECKS, REFERENCE, unpacked

pytestmark = pytest.mark.long

#: Scaled down: a call of this topic takes a millisecond, a busy machine gives a tenth of a core.
LIMITS = Limits(call_cpu=0.3, call_wall=1.5, total_cpu=2.0, total_wall=6.0)
_RIGHT = "def mean(x):\n    return float(sum(x)) / len(x)\n"
_LOOP = "def mean(x):\n    while True:\n        pass\n"
_SLEEPER = "import time\n\n\ndef mean(x):\n    time.sleep(1000)\n"
_BUSY = "def mean(x):\n    for _ in range(1_000_000):\n        pass\n    return float(sum(x)) / len(x)\n"
CLASS = {
    **{f"right-{i}": _RIGHT for i in range(6)},
    "busy-1": _BUSY,
    "busy-2": _BUSY,
    "loop": _LOOP,
    "sleeper": _SLEEPER,
}


@contextmanager
def crowd(size: int) -> Iterator[None]:
    """Keep processes busy meanwhile."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(size)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.fixture
def tiny(tmp_path: Path) -> Assignment:
    files = {"tiny.py": REFERENCE, "test_tiny.py": CHECKS, "misconceptions.py": BANK}
    unpacked(
        tmp_path / "course" / "solutions" / "tiny", {name: text.encode() for name, text in files.items()}
    )
    return find_assignment("tiny", tmp_path / "course")


def test_a_crowded_machine_gives_the_same_bytes(tiny: Assignment, tmp_path: Path) -> None:
    paths = [unpacked(tmp_path / "class" / name, {"tiny.py": text.encode()}) for name, text in CLASS.items()]

    def graded() -> list[str]:
        with local_workers(2) as workers:
            return [g.to_json() for g in grade_submissions(paths, tiny, workers, seed=0, limits=LIMITS)]

    alone = graded()
    with crowd(16):
        crowded = graded()
    assert crowded == alone
    assert not any("seconds" in text for text in alone)
