"""Grades on disk: whole files, one run at a time, and nothing taken for a grade that is none."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grading import CheckResult, Grade, Manifest
from autograder.grading.store import Store
from autograder.verdicts import CheckVerdict, SubmissionVerdict

MANIFEST = Manifest("submission", "course", "seed-7")
CHECK = CheckResult(
    *("test_a", "A title", 0.67, 1, False, CheckVerdict.FAILED, "Füße \ud800", "details", "a-mistake"),
    exact_points="2/3",
)
GRADE = Grade("ada", "losses", SubmissionVerdict.GRADED, "", 0.67, 1, (CHECK,), MANIFEST, {"seconds": 1.0})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "out")


def test_what_is_written_is_found(store: Store) -> None:
    grade = replace(GRADE, checks=(replace(CHECK, rationale="Füße"),))
    store.write(grade)
    assert store.find("ada", "losses", MANIFEST) == grade
    assert sorted(p.name for p in (store.folder / "ada").iterdir()) == ["grade.json", "run.json"]


@pytest.mark.parametrize(
    ("assignment", "manifest"),
    [
        ("cnn", MANIFEST),
        ("losses", replace(MANIFEST, submission="other")),
        ("losses", replace(MANIFEST, course="other")),
        ("losses", replace(MANIFEST, seed_fingerprint="seed-8")),
    ],
)
def test_grades_of_anything_else_are_not_found(store: Store, assignment: str, manifest: Manifest) -> None:
    store.write(GRADE)
    assert store.find("ada", assignment, manifest) is None


def test_what_the_machine_failed_at_is_tried_again(store: Store) -> None:
    store.write(replace(GRADE, verdict=SubmissionVerdict.INFRASTRUCTURE))
    assert store.find("ada", "losses", MANIFEST) is None


def test_who_was_absent_and_is_no_more_is_forgotten(store: Store) -> None:
    """But no work is."""
    nothing = SubmissionVerdict.ABSENT
    for name, verdict in (("ada", SubmissionVerdict.GRADED), ("ben", nothing), ("cleo", nothing)):
        store.write(replace(GRADE, student=name, checks=(), verdict=verdict))
    store.forget_absent({"cleo"})
    assert [store.holds(name) for name in ("ada", "ben", "cleo")] == [True, False, True]


@pytest.mark.parametrize(
    "content",
    ["", "{", "null", "5", "[]", "{}", '"text"', "\x00", "[" * 100_000, GRADE.to_json()[:-20],
     '{"checks": 5}',
     GRADE.to_json().replace('"score"', '"sore"'), GRADE.to_json().replace('"title"', '"tilt"'),
     GRADE.to_json().replace('"failed"', '"right"'), GRADE.to_json().replace('"graded"', '"right"')],
    ids=range(15),
)  # fmt: skip
def test_damaged_files_are_no_grades(store: Store, content: str) -> None:
    (store.folder / "ada").mkdir()
    (store.folder / "ada" / "grade.json").write_text(content, errors="backslashreplace")
    assert store.find("ada", "losses", MANIFEST) is None
    store.write(GRADE)
    assert store.find("ada", "losses", MANIFEST) is not None


def test_a_second_run_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(UserError, match="another run is writing grades"):
        Store(tmp_path)
    with Store(tmp_path):
        pass


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="can't be written to"):
        Store(tmp_path / "file" / "out")


RUN = """
import subprocess, sys, time
from pathlib import Path
from autograder.grading.store import Store

store = Store(Path(sys.argv[1]))
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def test_what_a_killed_run_left_running_does_not_hold_the_lock(tmp_path: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    child = int(run.stdout.readline())
    try:
        with pytest.raises(UserError, match="another run"):
            Store(tmp_path)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        with Store(tmp_path):
            os.kill(child, 0)  # still there
    finally:
        os.kill(child, signal.SIGKILL)
        run.stdout.close()
