"""`autograder grade --from nbgrader`: the same gradebook and feedback, without nbgrader's `autograde`.

All of it is for `make test-long`; in `make test`, test_commands.py compares the scores of a small class.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from .conftest import MISCONCEPTIONS, ROOT, STUDENTS, TOPIC, Course, autograder

pytestmark = [pytest.mark.unmeasured, pytest.mark.long]

FEW = ("reference", MISCONCEPTIONS[0], "skeleton")


def grade(course: Course) -> "tuple[int, str]":
    result = autograder("grade", "--from", "nbgrader", course.folder, "--assignment", TOPIC, "--jobs", 1)
    return result.exit_code, str(result.exception or result.output)


@pytest.fixture
def own(fast: Course, tmp_path: Path) -> Course:
    """A copy with a few of the students, that a test may spoil."""
    shutil.copytree(fast.folder, tmp_path / "own", ignore=_all_but_few)
    course = Course(tmp_path / "own")
    config = course.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nconfigure(c, __file__, course={str(ROOT)!r})\n")
    return course


def _all_but_few(folder: str, names: list[str]) -> set[str]:
    return set(names) & (set(STUDENTS) - set(FEW)) | (set(names) & {"losses"})


def test_the_scores_are_those_of_nbgraders_way(week: Course, fast: Course) -> None:
    for student in STUDENTS:
        assert fast.scores(student) == week.scores(student)
    assert fast.export() == week.export()


def test_the_files_are_those_of_nbgraders_way(week: Course, fast: Course) -> None:
    def files(course: Course) -> dict[str, tuple[bytes, int]]:
        folder = course.folder / "autograded"
        found = [path for path in folder.rglob("*") if path.is_file()]
        return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mode) for p in found}

    assert files(fast) == files(week)


def test_what_is_graded_is_taken_from_the_store(fast: Course) -> None:
    assert f"{len(STUDENTS) - 2} of {len(STUDENTS)} are graded already" in fast.logs["grade"]
    assert f"{len(STUDENTS)} of {len(STUDENTS)} written to" in fast.logs["grade"]


def test_a_second_run_changes_nothing(own: Course) -> None:
    before, files = own.tables(), _times(own.folder / "autograded")
    status, said = grade(own)
    assert status == 0, said
    assert f"0 of {len(FEW)} written" in said
    assert own.tables() == before
    assert _times(own.folder / "autograded") == files


def _times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_feedback_and_export_follow(own: Course) -> None:
    own.nbgrader("generate_feedback", TOPIC, f"--student={MISCONCEPTIONS[0]}")
    assert "This is what a known mistake gives" in own.feedback(MISCONCEPTIONS[0])


def test_what_a_person_gave_stays(own: Course) -> None:
    with contextlib.closing(sqlite3.connect(own.folder / "gradebook.db")) as db:
        db.execute("UPDATE grade SET manual_score = 1.5, needs_manual_grade = 0")
        db.execute("UPDATE comment SET manual_comment = 'well said'")
        db.commit()
    before = own.tables()
    grade(own)
    assert own.tables() == before
    shutil.rmtree(own.folder / "autograded" / "skeleton")
    grade(own)
    after = own.tables()
    assert after["comment"] == before["comment"]
    assert {row[4] for row in after["grade"]} == {1.5}


def test_a_locked_gradebook_is_one_line_and_loses_nothing(own: Course) -> None:
    _forget(own)
    with contextlib.closing(sqlite3.connect(own.folder / "gradebook.db")) as db:
        db.execute("BEGIN EXCLUSIVE")
        status, said = grade(own)
        db.rollback()
    assert status == 1
    assert "database is locked" in said
    assert "the grades are kept" in said
    assert "\n" not in said
    assert grade(own)[0] == 0
    assert {student for _, student in own.export()} == set(FEW)


def _forget(course: Course) -> None:
    """Take the class out of the gradebook, so that there is something to write."""
    with contextlib.closing(sqlite3.connect(course.folder / "gradebook.db")) as db:
        for table in ("grade", "comment", "submitted_notebook", "submitted_assignment", "student"):
            db.execute(f"DELETE FROM {table}")
        db.commit()


def test_a_damaged_gradebook_is_one_line_and_loses_nothing(own: Course) -> None:
    path = own.folder / "gradebook.db"
    right = path.read_bytes()
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    status, said = grade(own)
    assert status == 1
    assert "\n" not in said
    assert "gradebook.db can't be written (file is not a database); the grades are kept" in said
    path.write_bytes(right)
    before = own.tables()
    assert grade(own)[0] == 0
    assert own.tables() == before


def test_without_a_gradebook_it_says_what_to_run(own: Course) -> None:
    (own.folder / "gradebook.db").unlink()
    assert "run `nbgrader generate_assignment initialization` first" in grade(own)[1]
    assert not (own.folder / "gradebook.db").exists()


def test_without_a_release_it_says_what_to_run(own: Course) -> None:
    shutil.rmtree(own.folder / "release")
    assert "run `nbgrader generate_assignment initialization` first" in grade(own)[1]


def test_without_nbgrader_it_says_which_extra_to_install(
    own: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [
        n for n in sys.modules if n.startswith(("nbgrader", "autograder.platforms.nbgrader.gradebook"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    assert "pip install 'dl-autograder[instructor]'" in grade(own)[1]
