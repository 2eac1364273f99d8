"""`autograder grade` in this process: how often it reads, and what it imports meanwhile."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import grade
from autograder.course.assignment import Assignment
from autograder.platforms.reader import Reader
from autograder.submissions import HandIn
from autograder.submissions.hand_in import Collection, Files, read_path

STUDENTS = ("ada", "bob")
PUBLISHER = "slow_publisher_of_a_test"


def logged(path: Path, log: Path) -> Files:
    """Read a submission, in whatever process, and write that down."""
    with log.open("a") as file:
        print(path.name, file=file)
    return read_path(path)


def collect(log: Path, source: Path, topic: str) -> Collection:
    return Collection([HandIn(name, partial(logged, source / name, log)) for name in STUDENTS])


@pytest.fixture
def submissions(tmp_path: Path, right: str) -> Path:
    folder = tmp_path / "class"
    for name in STUDENTS:
        (folder / name).mkdir(parents=True)
        (folder / name / "tiny.py").write_text(right)
    return folder


@contextmanager
def undrawn() -> Iterator[Callable[..., None]]:
    """Stand in for the process that draws."""
    yield lambda *_: None


def run(tiny: Assignment, source: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "reader", lambda kind: reader)
    monkeypatch.chdir(tiny.folder.parent.parent)
    options = ["--assignment", "tiny", "--jobs", "1", "--out", str(source.parent / "grades")]
    done = CliRunner().invoke(grade.command, [str(source), *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def test_each_submission_is_read_once(
    tiny: Assignment, submissions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    for _ in range(2):  # the first run grades, the second only looks whether it is the same submission
        log.write_text("")
        run(tiny, submissions, Reader(partial(collect, log)), monkeypatch)
        assert Counter(log.read_text().split()) == dict.fromkeys(STUDENTS, 1)


def test_the_publisher_is_imported_when_publishing_begins(
    tiny: Assignment, submissions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that ends only when grading has long ended would be met half-way."""
    (tmp_path / f"{PUBLISHER}.py").write_text("import time\ntime.sleep(0.5)\nREADY = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(grade._Run, "grade", lambda self, store, force: [])
    monkeypatch.setattr(grade, "_report", lambda *_: None)
    states: list[bool] = []

    def publish(source: Path, topic: str, pairs: object) -> str:
        states.append(hasattr(sys.modules.get(PUBLISHER), "READY"))
        return "published"

    nobody = Reader(lambda source, topic: Collection([]), publish=publish, publisher=PUBLISHER)
    monkeypatch.setattr(grade, "drawing_process", undrawn)
    run(tiny, submissions, nobody, monkeypatch)
    assert states == [True]
