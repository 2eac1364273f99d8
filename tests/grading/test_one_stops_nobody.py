"""Whatever one student brings, or whatever stands where that student's grade should, the class is graded."""

import json
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder.cli import grade
from autograder.course.assignment import Assignment
from autograder.grading import Grade
from autograder.platforms.graded import read_grades
from autograder.submissions.hand_in import Collection, Files, HandIn

from .test_grade_command import undrawn

Grading = Callable[..., Result]


class Here(Executor):
    """Does every task at once, in this process, which spares starting others."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(task(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def notebook(*sources: str) -> str:
    """A notebook with cells of code; JSON may hold half a character."""
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def zipped(folder: Path, *members: tuple[str, str]) -> None:
    with zipfile.ZipFile(folder / "mallory.zip", "w") as archive:
        for name, text in members:
            archive.writestr(name, text)


#: By name: what the student named mallory puts into the class's folder, given a right module's text.
BROUGHT: dict[str, Callable[[Path, str], None]] = {
    "half a character in a notebook": lambda folder, right: write(
        folder, {"mallory/tiny.ipynb": notebook(right, "note = '\ud800'")}
    ),
    "half a character in a module's JSON": lambda folder, right: write(
        folder, {"mallory/tiny.py": notebook(right + "\n# \udfff")}
    ),
    "half a character for a notebook's keys": lambda folder, right: write(
        folder, {"mallory/tiny.ipynb": json.dumps({"cells": [{"\ud800": 1}], "\udc00": {}})}
    ),
    "a folder named like the checks": lambda folder, right: write(
        folder, {"mallory/tiny.py": right, "mallory/test_tiny.py/x": "", "mallory/README.md/y": ""}
    ),
    "folders named like the module and the notebook": lambda folder, right: write(
        folder, {"mallory/tiny.py/tiny.py": right, "mallory/tiny.ipynb/x": ""}
    ),
    "a folder named like the module, beside a near miss": lambda folder, right: write(
        folder, {"mallory/tiny.py/helper.py": "x = 1", "mallory/my_tiny.py": right}
    ),
    "a folder named like the module, beside a notebook": lambda folder, right: write(
        folder, {"mallory/tiny.py/helper.py": "x = 1", "mallory/work.ipynb": notebook(right)}
    ),
    "a zip with a file and files in it": lambda folder, right: zipped(
        folder, ("a", ""), ("./a/b", ""), ("a/../a/c.py", ""), ("tiny.py", right)
    ),
    "a zip with the module and files in it": lambda folder, right: zipped(
        folder, ("tiny.py", right), ("./tiny.py/b.py", right), ("TINY.py", right)
    ),
    "a zip in which all is twice": lambda folder, right: zipped(
        folder, ("tiny.py", right), ("./tiny.py", right), (".//tiny.py", ""), ("x/../tiny.py", "")
    ),
    "a zip of nothing but dots": lambda folder, right: zipped(folder, (".", ""), ("./", ""), ("..", "")),
    "a pipe": lambda folder, right: os.mkfifo(folder / "mallory.py"),
    "a pipe for a zip": lambda folder, right: os.mkfifo(folder / "mallory.zip"),
    "a link to itself": lambda folder, right: (folder / "mallory").symlink_to(folder / "mallory"),
    "a zip that is a link": lambda folder, right: (folder / "mallory.zip").symlink_to("mallory.zip"),
}  # fmt: skip

#: By name: what the student's folder is called, as bytes.
CALLED = {
    "60 bytes that are no UTF-8": b"\xff" * 60,
    "255 bytes that are no UTF-8": b"\xfe" * 255,
    "255 bytes of UTF-8": "é".encode() * 127 + b"x",
    "commands to a terminal": b"mallory\x1b[2J\x07\x9b31m\xc2\x9b31m\r\n",
    "text turned around": "mallory\u202egnp.\u2066".encode(),
    "a file of the checks": b"test_tiny.py",
    "a file of the course": b"README.md",
    "a file of the grades": b"grades.csv",
    "a grade": b"grade.json",
    "an option": b"--out",
    "a space": b" ",
    "a backslash": b"\\",
    "markup": b"[red]mallory[bold]",
}

#: By name: what stands in the folder of the grades where mallory's should.
STANDS: dict[str, Callable[[Path], None]] = {
    "a folder for a grade": lambda out: (out / "mallory" / "grade.json" / "x").mkdir(parents=True),
    "a folder for a log": lambda out: (out / "mallory" / "run.json" / "x").mkdir(parents=True),
    "a pipe for a grade": lambda out: _pipe(out / "mallory" / "grade.json"),
    "a file for a folder": lambda out: write(out, {"mallory": "mine"}),
    "a link for a folder": lambda out: (out / "mallory").symlink_to(out / "nowhere"),
    "a pipe for a folder": lambda out: _pipe(out / "mallory"),
}


def _pipe(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)


@pytest.fixture
def grading(tiny: Assignment, right: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grading:
    """Grades a class with ada in it, in this process, into the folder `out`."""
    write(tmp_path / "class", {"ada/tiny.py": right})
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tiny.course)
    monkeypatch.setattr(grade, "drawing_process", undrawn)
    monkeypatch.setattr(grade, "local_workers", lambda jobs: Here())
    options = ["--assignment", "tiny", "--jobs", "1", "--out", str(tmp_path / "out")]

    def run(*more: str) -> Result:
        return CliRunner().invoke(grade.command, [str(tmp_path / "class"), *options, *more])

    return run


def grade_of(folder: Path) -> Grade:
    return Grade.from_json((folder / "grade.json").read_text())


def is_graded(done: Result, folder: Path, rows: int, status: int = 0) -> None:
    """Ada has full marks, everybody has a row, nothing reached the terminal raw."""
    assert done.exit_code == status, (done.output, done.exception)
    assert grade_of(folder / "out" / "ada").score == 7
    assert len(read_grades(folder / "out")[0]) == rows
    assert all(ch.isprintable() or ch == "\n" for ch in done.output), done.output


@pytest.mark.parametrize("what", BROUGHT)
def test_what_a_student_brings(what: str, grading: Grading, right: str, tmp_path: Path) -> None:
    BROUGHT[what](tmp_path / "class", right)
    rows = 1 if what == "a link to itself" else 2
    for _ in range(2):
        done = grading()
        is_graded(done, tmp_path, rows)
        assert "mallory" in done.output


@pytest.mark.parametrize("what", CALLED)
def test_what_a_student_is_called(what: str, grading: Grading, right: str, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path / "class/") + b"/" + CALLED[what]))
    folder.mkdir()
    (folder / "tiny.py").write_text(right)
    is_graded(grading(), tmp_path, rows=2)
    assert {one.grade.score for one in read_grades(tmp_path / "out")[0]} == {7}
    again = grading()
    is_graded(again, tmp_path, rows=2)
    assert "2 of 2 are graded already" in again.output


@pytest.mark.parametrize("what", STANDS)
def test_what_stands_where_a_grade_should(what: str, grading: Grading, right: str, tmp_path: Path) -> None:
    write(tmp_path / "class", {"mallory/tiny.py": right})
    STANDS[what](tmp_path / "out")
    done = grading()
    if "pipe for a grade" in what:
        return is_graded(done, tmp_path, rows=2)
    is_graded(done, tmp_path, rows=1, status=1)
    assert "the grade of mallory can't be written" in done.output
    return None


@pytest.mark.parametrize(
    "change",
    [{"score": "7"}, {"score": None}, {"score": True}, {"checks": {}}, {"checks": [1]}, {"notes": [[]]},
     {"feedback": 7}, {"student": ["mallory"]}, {"taken": {}}, {"manifest": {"submission": 1, "course": 2,
     "seed_fingerprint": 3}}, {"student": "ada"}, {"score": float("nan")}],
    ids=str,
)  # fmt: skip
def test_a_grade_of_wrong_types_is_none(
    change: dict[str, object], grading: Grading, right: str, tmp_path: Path
) -> None:
    write(tmp_path / "class", {"mallory/tiny.py": right})
    grading()
    path = tmp_path / "out" / "mallory" / "grade.json"
    before = path.read_text()
    path.write_text(json.dumps(json.loads(before) | change))
    if change != {"student": "ada"}:
        graded, notes = read_grades(tmp_path / "out")
        assert [one.grade.student for one in graded] == ["ada"]
        assert "mallory holds no grade that can be read" in notes[0]
    is_graded(grading(), tmp_path, rows=2)
    assert path.read_text() == before


def stumble(kind: type[Exception]) -> Files:
    raise kind("something that nobody thought of")


@pytest.mark.parametrize("kind", [RuntimeError, UnicodeEncodeError, RecursionError, MemoryError, OSError])
def test_what_no_reader_foresaw(
    kind: type[Exception], grading: Grading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = grade.reader("folder")

    def collect(source: Path, topic: str) -> Collection:
        found = known.collect(source, topic)
        return Collection([*found.hand_ins, HandIn("mallory", partial(stumble, kind))])

    monkeypatch.setattr(grade, "reader", lambda name: type(known)(collect))
    for _ in range(2):
        is_graded(grading(), tmp_path, rows=2)
    assert "can't" in grade_of(tmp_path / "out" / "mallory").feedback
    assert "stumble" in (tmp_path / "out" / "mallory" / "run.json").read_text()


def test_who_is_no_longer_there_is_named(grading: Grading, right: str, tmp_path: Path) -> None:
    write(tmp_path / "class", {"mallory/tiny.py": right})
    grading()
    (tmp_path / "class" / "mallory" / "tiny.py").unlink()
    (tmp_path / "class" / "mallory").rmdir()
    assert "no longer among the submissions" in grading().output
    assert "mallory" in read_grades(tmp_path / "out")[1][0]


#: By platform: where ada's module lies in a download, and where mallory's thing does.
DOORS = {
    "canvas": ("ada_101_9001_tiny.py", "mallory_102_9002_tiny.py"),
    "moodle": ("Ada_101_assignsubmission_file/tiny.py", "Mallory_102_assignsubmission_file"),
    "gradescope": ("submission_1/tiny.py", "submission_2"),
    "nbgrader": ("submitted/ada/tiny/tiny.py", "submitted/mallory/tiny"),
}
METADATA = "".join(
    f"submission_{n}:\n  :submitters:\n  - :name: {name}\n    :email: {name}\n"
    for n, name in ((1, "ada"), (2, "mallory"))
)
#: By name: what mallory puts there.
THINGS: dict[str, Callable[[Path], None]] = {
    "a folder in a folder": lambda path: (path / "tiny.py" / "tiny.py").mkdir(parents=True),
    "a pipe": os.mkfifo,
    "a link to itself": lambda path: path.symlink_to(path),
    "names that are no text": lambda path: write(path, {"\udcff.py": "", "tiny.py": "", "\udcfe/x.py": ""}),
    "half a character": lambda path: write(path, {"tiny.ipynb": notebook("x = '\ud800'")}),
}  # fmt: skip


@pytest.mark.parametrize("what", THINGS)
@pytest.mark.parametrize("platform", DOORS)
def test_at_the_doors_of_platforms(
    platform: str, what: str, grading: Grading, right: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = grade.reader(platform)
    monkeypatch.setattr(grade, "reader", lambda kind: replace(known, publish=None, publisher=None))
    place, own = tmp_path / "class", DOORS[platform]
    write(
        place, {own[0]: right, **({"submission_metadata.yml": METADATA} if platform == "gradescope" else {})}
    )
    (place / own[1]).parent.mkdir(parents=True, exist_ok=True)
    THINGS[what](place / own[1])
    done = grading("--from", platform)
    assert done.exit_code == 0, (done.output, done.exception)
    graded = read_grades(tmp_path / "out")[0]
    assert {one.grade.score for one in graded if "ada" in one.grade.student.casefold()} == {7}
