"""`autograder check --watch`: what has changed is checked again, and nothing else."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from queue import Empty, Queue

import pytest

from autograder.home.changes import changed_functions, still_true
from autograder.home.child.job import Job
from autograder.home.events import Ended
from autograder.home.outcome import Checked, Outcome
from autograder.home.session import Session
from autograder.home.watch import Memory
from autograder.verdicts import CheckVerdict
from tests.home.heed import HEED_CTRL_C

BEFORE = """
import numpy as np

SIZE = 3

def _norm(x):
    return np.sqrt((x * x).sum())

def unit(x):
    # a comment
    return x / _norm(x)

def other(x):
    return x + SIZE

class Net:
    depth = 2

    def __init__(self):
        self.w = other(1)

    def loss(self, x):
        return unit(x)

def train():
    return Net()
"""


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("# a comment", "# another\n", set()),
        ("x / _norm(x)", "_norm(x)", {"unit", "loss", "train"}),
        ("(x * x).sum()", "np.vdot(x, x)", {"_norm", "unit", "loss", "train"}),
        ("x + SIZE", "x - SIZE", {"other", "__init__", "train"}),
        ("return Net()", "return Net", {"train"}),
        ("SIZE = 3", "SIZE = 4", None),
        ("depth = 2", "depth = 3", None),
        ("import numpy as np", "import numpy as np, math", None),
        ("def other(x):", "def other(x:", None),
        ("def other(x):", "def further(x):", {"other", "further", "__init__", "train"}),
        ("def other(x):", "@np.vectorize\ndef other(x):", {"other", "__init__", "train"}),
    ],
)
def test_what_a_change_reaches(old: str, new: str, changed: set[str] | None) -> None:
    assert BEFORE.count(old) == 1
    assert changed_functions(BEFORE, BEFORE.replace(old, new)) == changed


def test_only_what_passed_and_is_not_reached_stays() -> None:
    cases = {"a": ["f"], "b": ["g"], "c": ["f", "Net.loss"], "d": [], "e": ["h"]}
    verdicts = dict.fromkeys(cases, CheckVerdict.PASSED) | {"e": CheckVerdict.FAILED}
    ended = [Ended(name, verdicts[name], functions) for name, functions in cases.items()]
    outcome = Outcome({"test": Checked("test", "Title", Fraction(1), ended)})
    assert [case.case for case in still_true(outcome, {"loss"}).checks["test"].cases] == ["a", "b"]


def test_what_is_known_is_not_run_again_and_counts(tmp_path: Path) -> None:
    """The checks count how often they run; the points are as if all had run."""
    (tmp_path / "test_work.py").write_text(CHECKS)
    work = tmp_path / "work.py"
    work.write_text("def one():\n    return 1\n\ndef two():\n    return 3\n")
    memory = Memory(
        Job(str(tmp_path / "test_work.py")),
        lambda job, earlier: Session(job, lambda *_: None, earlier).run(),
    )
    assert memory.check(set()).earned == 1
    work.write_text("def one():\n    return 1\n\ndef two():\n    return 2\n")
    assert memory.check({work}).earned == 2
    assert (tmp_path / "one.txt").read_text() == "1"
    assert (tmp_path / "two.txt").read_text() == "11"


CHECKS = '''
from pathlib import Path
import pytest

@pytest.mark.points(1)
def test_one(student):
    """One"""
    with Path(__file__).with_name("one.txt").open("a") as file:
        file.write("1")
    assert student.one() == 1

@pytest.mark.points(1)
def test_two(student):
    """Two"""
    with Path(__file__).with_name("two.txt").open("a") as file:
        file.write("1")
    assert student.two() == 2
'''


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[tuple[Path, "subprocess.Popen[str]", "Queue[str]"]]:
    (tmp_path / "test_work.py").write_text(CHECKS)
    (tmp_path / "work.py").write_text("def one():\n    return 1\n\ndef two():\n    return 3\n")
    command = [sys.executable, "-c", HEED_CTRL_C, "-m", "autograder", "check", str(tmp_path), "--watch"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as process:
        lines: Queue[str] = Queue()
        assert process.stdout is not None
        threading.Thread(
            target=lambda: [lines.put(line) for line in process.stdout or []], daemon=True
        ).start()
        yield tmp_path, process, lines
        process.kill()


def until(lines: "Queue[str]", words: str) -> str:
    said = ""
    while words not in said:
        try:
            said += lines.get(timeout=120)
        except Empty:
            raise AssertionError(f"{words!r} is not said:\n{said}") from None
    return said


def test_a_save_is_checked_and_ctrl_c_ends_it(
    watching: tuple[Path, "subprocess.Popen[str]", "Queue[str]"],
) -> None:
    folder, process, lines = watching
    assert "1 of the 2 public points" in until(lines, "Waiting until you save")
    (folder / "work.py").write_text("def one():\n    return 1\n\ndef two():\n    return 2\n")
    assert "2 of the 2 public points" in until(lines, "Waiting until you save")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
