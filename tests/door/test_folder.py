"""The class of the table, graded as a plain folder: a test per row, and what must hold of all.

`make test` takes a sample of the quick rows, `make test-long` all of them and every fourth of `WHOLE`.
"""

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.grading import Grade
from tests.door.class_folder import (
    QUICK_CHECKS,
    Outcome,
    course_without_bank,
    grade_folder,
    misses,
    sentence,
    write_class,
)
from tests.door.row import UNREADABLE, Row
from tests.door.rows import QUICK, ROWS, TRAINING, WHOLE

pytestmark = pytest.mark.unmeasured

#: Every fifth of the quick rows, and those that are nobody's folder or have a name like a formula.
SAMPLE = [row for place, row in enumerate(QUICK) if place % 5 == 0 or row.loose or row.student[0] == "="]
#: The others of those that all checks grade, for `make test-by-hand`.
BY_HAND = [row for place, row in enumerate(WHOLE) if place % 4]


@dataclass(frozen=True)
class Table:
    """All grades of the table's rows, and what the commands printed."""

    quick: Outcome
    whole: Outcome

    @property
    def grades(self) -> dict[str, Grade]:
        return {**self.quick.grades, **self.whole.grades}


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return course_without_bank(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def graded_quick(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The rows of the quick checks: all of them where long tests run, else the sample."""
    long = _is_run("long", request)
    quick = course_without_bank(tmp_path_factory.mktemp("quick-course"), QUICK_CHECKS)
    return _graded(tmp_path_factory.mktemp("quick"), "losses", QUICK if long else SAMPLE, quick)


@pytest.fixture(scope="session")
def graded(
    request: pytest.FixtureRequest,
    course: Path,
    graded_quick: Outcome,
    tmp_path_factory: pytest.TempPathFactory,
) -> Table:
    rows = WHOLE if _is_run("by_hand", request) else [row for row in WHOLE if row not in BY_HAND]
    return Table(graded_quick, _graded(tmp_path_factory.mktemp("whole"), "losses", rows, course))


@pytest.fixture(scope="session")
def graded_training(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return _graded(tmp_path_factory.mktemp("training"), "training", TRAINING, course)


def _is_run(mark: str, request: pytest.FixtureRequest) -> bool:
    """Whether any test that is so marked is to run."""
    return any(item.get_closest_marker(mark) for item in request.session.items)


def _graded(folder: Path, topic: str, rows: list[Row], course: Path) -> Outcome:
    write_class(folder / "class", rows)
    return grade_folder(folder / "class", topic, folder / "out", course=course)


def cases(rows: list[Row]) -> list[object]:
    """The rows as parameters; what is wrong today has to fail, so that the mark goes when it is put right."""
    return [pytest.param(row, id=row.what, marks=_marks(row)) for row in rows]


def _marks(row: Row) -> list[pytest.MarkDecorator]:
    wrong = [pytest.mark.xfail(strict=True, reason=row.todo)] if row.todo else []
    long = [] if row in SAMPLE else [pytest.mark.long]
    return [*wrong, *long, *([pytest.mark.by_hand] if row in BY_HAND else [])]


@pytest.mark.parametrize("row", cases(QUICK))
def test_hand_in(row: Row, graded_quick: Outcome) -> None:
    assert misses(row, graded_quick.grades.get(row.student)) == []


@pytest.mark.long
@pytest.mark.parametrize("row", cases(WHOLE))
def test_hand_in_with_all_checks(row: Row, graded: Table) -> None:
    assert misses(row, graded.grades.get(row.student)) == []


@pytest.mark.long
@pytest.mark.parametrize("row", cases(TRAINING))
def test_hand_in_of_training(row: Row, graded_training: Outcome) -> None:
    assert misses(row, graded_training.grades.get(row.student)) == []


def test_the_table_is_large_and_unambiguous() -> None:
    assert len(ROWS) >= 120
    assert len({row.what for row in ROWS}) == len({row.student for row in ROWS}) == len(ROWS)


def test_what_belongs_to_nobody_gets_no_grade(graded_quick: Outcome) -> None:
    assert graded_quick.grades.keys() <= {row.student for row in ROWS}


def test_what_belongs_to_nobody_is_named(graded_quick: Outcome) -> None:
    assert "grading-notes.txt" in graded_quick.printed
    assert "__MACOSX" not in graded_quick.printed


@pytest.mark.long
def test_what_differs_in_the_next_step_differs_in_the_sentence(graded: Table) -> None:
    steps: dict[str, set[str]] = defaultdict(set)
    for row in [*QUICK, *WHOLE]:
        if row.student in graded.grades and row.step:
            steps[sentence(row, graded.grades[row.student])].add(row.step)
    assert {said: sorted(which) for said, which in steps.items() if len(which) > 1} == {}


def test_an_unreadable_submission_says_so_once(graded_quick: Outcome) -> None:
    unreadable = [grade for grade in graded_quick.grades.values() if grade.verdict == UNREADABLE]
    assert unreadable
    assert [g.student for g in unreadable if not g.feedback or any(c.feedback for c in g.checks)] == []


def test_no_name_is_a_formula_to_a_spreadsheet(graded_quick: Outcome) -> None:
    names = [line[0] for line in csv.reader(io.StringIO(graded_quick.gradebook))][1:]
    assert any("HYPERLINK(1)" in name for name in names)
    assert [name for name in names if name.startswith(("=", "+", "-", "@"))] == []


def test_what_needs_a_look_comes_first_and_is_counted(graded_quick: Outcome) -> None:
    looks = {student for student, grade in graded_quick.grades.items() if grade.verdict == UNREADABLE}
    places = range(len(graded_quick.grades))
    rows = [line for line in graded_quick.printed.splitlines() if re.search(r" \d+/100 ", line)]
    assert ["needs a look" in rows[place] for place in places] == [place < len(looks) for place in places]
    assert f"{len(looks)} need a look" in graded_quick.printed
    header, *rest = csv.reader(io.StringIO(graded_quick.gradebook))
    column = header.index("needs_a_look")
    assert {line[0] for line in rest if line[column] == "yes"} == looks
