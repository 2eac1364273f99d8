"""A check that depends on another: it earns as before, and only its text sends the student to the first."""

from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.course.read_checks import read_checks
from autograder.errors import UserError
from autograder.grading import CheckResult, grade_submission

MODULE = "def one():\n    return 1\n\n\ndef two():\n    return 2\n"
CHECK = '@pytest.mark.points(2)\n{marks}def {name}(student):\n    """Title of {name}"""\n    {body}\n\n\n'
BODY = "assert student.one() == 1, 'SAID'"


def check(name: str, after: str = "", body: str = BODY, marks: str = "") -> str:
    """The text of one check."""
    marks += f'@pytest.mark.after("{after}")\n' if after else ""
    return CHECK.format(name=name, marks=marks, body=body)


def hidden(text: str) -> str:
    return f"### BEGIN HIDDEN TESTS\n{text}### END HIDDEN TESTS\n"


def course(folder: Path, *checks: str) -> Assignment:
    """A course of one topic with these checks."""
    topic = folder / "solutions" / "tiny"
    topic.mkdir(parents=True)
    (topic / "tiny.py").write_text(MODULE)
    (topic / "test_tiny.py").write_text("import pytest\n\n\n" + "".join(checks))
    return find_assignment("tiny", folder)


def results(folder: Path, source: str, *checks: str) -> dict[str, CheckResult]:
    """The results of a submission of that source, by their checks."""
    assignment = course(folder, *checks)
    handed_in = folder / "ada"
    handed_in.mkdir()
    (handed_in / "tiny.py").write_text(source)
    return {c.id: c for c in grade_submission(handed_in, assignment, seed=7).checks}


WRONG = MODULE.replace("return 1", "return 0")
CHAIN = (check("test_a"), check("test_b", "test_a"), hidden(check("test_c", "test_b")))


def test_a_chain_of_failures_leads_to_its_first(tmp_path: Path) -> None:
    found = results(tmp_path, WRONG, *CHAIN)
    assert "SAID" in found["test_a"].rationale
    for name in ("test_b", "test_c"):
        assert found[name].feedback == found[name].rationale == 'First make "Title of test_a" pass.'
        assert (found[name].help, found[name].verdict, found[name].points) == ("", "failed", 0)
        assert "SAID" in found[name].details


def test_what_passes_after_a_failure_keeps_what_it_earns(tmp_path: Path) -> None:
    found = results(tmp_path, WRONG, check("test_a"), check("test_b", "test_a", "student.two()"))
    assert (found["test_b"].feedback, found["test_b"].points) == ("Passed.", 2)


def test_where_the_first_passes_the_text_is_the_checks_own(tmp_path: Path) -> None:
    own = "assert student.two() == 1, 'OWN'"
    found = results(tmp_path, MODULE, check("test_a"), check("test_b", "test_a", own))
    assert "OWN" in found["test_b"].feedback


def test_a_part_of_the_first_is_not_enough(tmp_path: Path) -> None:
    cases = '@pytest.mark.parametrize("n", [0, 1])\n'
    part = check("test_a", body="assert student.one() == n", marks=cases).replace("(student)", "(student, n)")
    found = results(tmp_path, WRONG, part, check("test_b", "test_a"))
    assert found["test_a"].points == 1
    assert found["test_b"].rationale == 'First make "Title of test_a" pass.'


@pytest.mark.parametrize(
    ("checks", "why"),
    [
        (
            [check("test_a", "test_nosuch")],
            "^test_tiny.py: test_a can't come after test_nosuch: there is no such check",
        ),
        ([check("test_a", "test_a")], "test_a can't come after test_a: they would wait for each other"),
        ([check("test_a", "test_b"), check("test_b", "test_a")], "they would wait for each other"),
        ([check("test_a", "test_b"), hidden(check("test_b"))], "students don't have that check"),
        ([check("test_a", marks="@pytest.mark.after(1)\n")], "after takes the name of one check"),
    ],
)
def test_a_name_after_which_no_check_can_come_is_refused(tmp_path: Path, checks: list[str], why: str) -> None:
    with pytest.raises(UserError, match=why):
        read_checks(course(tmp_path, *checks).checks)
