"""A week of a term with nbgrader's own commands: released, handed in, graded, explained, exported.

And nothing of a solution, a hidden check or an instructor's details is released, or stands in feedback.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.course.read_checks import read_checks
from autograder.scoring import as_number
from tests.course.test_leaks import report, secrets_of

from .conftest import MISCONCEPTIONS, ROOT, SCRIPT, STUDENTS, TOPIC, Course, expected, text_of

pytestmark = pytest.mark.unmeasured

QUESTION = "in-your-own-words"


def test_the_gradebook_has_the_points_of_the_checks(collected: Course) -> None:
    for topic in (TOPIC, "losses"):
        cells = {name: points for name, points in _max_scores(collected, topic).items() if name != QUESTION}
        assert cells == {c.id: float(c.points) for c in read_checks(find_assignment(topic, ROOT).checks)}
        assert sum(cells.values()) == 100
        assert _max_scores(collected, topic)[QUESTION] == 0


def _max_scores(course: Course, topic: str) -> dict[str, float]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.folder}/gradebook.db") as gradebook:
        return {cell.name: cell.max_score for cell in gradebook.find_notebook(topic, topic).grade_cells}


@pytest.mark.parametrize("student", STUDENTS)
def test_each_cell_scores_what_autograder_grade_gives(week: Course, student: str) -> None:
    grade = expected(STUDENTS[student][0])
    scores = week.scores(student)
    scores.pop(QUESTION)
    assert scores == {c.id: (float(Fraction(c.exact_points)), False) for c in grade.checks}
    assert {name: as_number(score) for name, (score, _) in scores.items()} == {
        c.id: c.points for c in grade.checks
    }


def test_every_student_is_in_the_export_with_that_score(week: Course) -> None:
    lines = week.export()
    assert {student for topic, student in lines if topic == TOPIC} == set(STUDENTS)
    for student, (module, _) in STUDENTS.items():
        line = lines[TOPIC, student]
        assert as_number(float(line["raw_score"])) == expected(module).score
        assert float(line["max_score"]) == 100
        assert float(line["late_submission_penalty"]) == (
            float(line["raw_score"]) if student == "late" else 0
        )


def test_the_class_is_worth_testing() -> None:
    scores = {module: expected(module).score for module, _ in STUDENTS.values()}
    assert scores["reference"] == 100
    assert scores["skeleton"] == scores["none"] == 0
    assert scores["part"] == scores["noisy"] > 10
    assert all(0 < scores[name] < 100 for name in (*MISCONCEPTIONS, "endless", "os-exit"))
    assert any("/" in check.exact_points for check in expected("os-exit").checks)


def test_an_answer_waits_for_a_person_and_no_answer_does_not(week: Course) -> None:
    assert week.scores("reference")[QUESTION] == (None, True)
    assert week.scores("skeleton")[QUESTION] == (0, False)


@pytest.mark.parametrize("student", STUDENTS)
def test_a_graded_notebook_holds_nothing_that_was_brought_along(week: Course, student: str) -> None:
    notebook = week.notebook(student)
    held = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert sorted(held) == sorted(week.scores(student))
    for cell in notebook.cells:
        assert "attachments" not in cell
        assert cell.cell_type != "raw"
        assert "nbgrader" in cell.metadata or not cell.metadata
        assert len(cell.get("outputs", [])) == ("nbgrader" in cell.metadata and cell.cell_type == "code")


@pytest.mark.parametrize("student", ["reference", "forged-outputs"])
def test_a_feedback_page_runs_nothing_of_the_students(week: Course, student: str) -> None:
    page = week.feedback(student)
    for danger in (SCRIPT, "<script>alert", "onerror=alert(1)>", 'href="java', "<u>", "<!-- gone", "<svg>"):
        assert danger not in page.replace("&lt;", "(")
    shown = text_of(page)
    assert "< script>alert(" in shown
    assert "$a< b$" in shown or student != "reference"


def test_a_feedback_page_says_what_the_grade_says(week: Course) -> None:
    for student in ("skeleton", "weights-all-zero", "os-exit", "no-module", "endless-loop"):
        shown = _words(text_of(week.feedback(student)))
        grade = expected(STUDENTS[student][0])
        for check in grade.checks:
            if check.points < check.max_points:
                assert _words(check.feedback) in shown
            assert _words(check.title) in shown
        # What was found, which follows the colon, differs: in a course of nbgrader there is a notebook too.
        assert _words(grade.feedback).partition(":")[0] in shown


def _words(text: str) -> str:
    return " ".join(text.split())


def test_an_unreadable_notebook_is_replaced_and_says_so(week: Course) -> None:
    for student in ("broken-notebook", "not-text", "no-notebook", "other-name"):
        assert "can't be read, so an empty one stands in its place" in text_of(week.feedback(student))


def test_grading_again_is_left_to_nbgrader(week: Course) -> None:
    before = week.tables()
    assert "Skipping existing assignment" in week.nbgrader("autograde", TOPIC)
    assert week.tables() == before


def test_feedback_is_released_to_students(week: Course) -> None:
    log = week.nbgrader("release_feedback", TOPIC)
    assert log.count("Feedback released to") == len(STUDENTS)


def texts(folder: Path, but: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file; HTML as it is and as it is read."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != but:
            name, content = str(path.relative_to(folder)), path.read_bytes()
            yield name, content
            if path.suffix == ".html":
                yield f"{name} as read", text_of(content.decode()).encode()


@pytest.mark.parametrize("topic", [TOPIC, "losses"])
def test_what_is_released_holds_no_secret_line(collected: Course, topic: str) -> None:
    secrets = secrets_of(find_assignment(topic, ROOT))
    for folder in ("source", "release"):
        files = list(texts(collected.folder / folder / topic))
        assert len(files) == 4
        assert report(secrets, files) == []
    exchange = collected.folder.parent / "exchange" / "dl101" / "outbound" / topic
    assert report(secrets, texts(exchange)) == []


def test_feedback_holds_no_secret_line(week: Course) -> None:
    """But for the student's own module, which may well be the solution."""
    secrets = secrets_of(find_assignment(TOPIC, ROOT))
    for student in STUDENTS:
        files = list(texts(week.folder / "feedback" / student, but=f"{TOPIC}.py"))
        assert any(name.endswith(".html") for name, _ in files)
        assert report(secrets, files) == []


def test_feedback_holds_no_details(week: Course) -> None:
    told = 0
    for student, (module, _) in STUDENTS.items():
        page = text_of(week.feedback(student))
        for check in expected(module).checks:
            if check.hidden and check.details and check.details != check.feedback:
                told += 1
                assert not [line for line in check.details.splitlines() if len(line) > 20 and line in page]
        assert f"test_{TOPIC}.py:" not in page.replace(f"test_{TOPIC}.py::", "")
    assert told > 20


def test_the_search_finds_what_it_looks_for(week: Course) -> None:
    secrets = secrets_of(find_assignment(TOPIC, ROOT))
    module = week.folder / "feedback" / "reference" / TOPIC
    assert report(secrets, texts(module)) != []
