"""Moodle's grading worksheet: grades and feedback get to the right participants, as safe HTML."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import UserError
from autograder.platforms.export import Filled
from autograder.platforms.graded import Graded, read_grades
from autograder.platforms.moodle.export import fill
from autograder.submissions.hand_in import Person
from tests.platforms.exports.conftest import SECRET, make_grade

HEADER = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)
WORKSHEET = f"""\
{HEADER}
"Participant 21","Ada O'Neil, jr.",ada@x.edu,"Submitted for grading",,20.00,Yes,"Tuesday, 5 March 2024",-,
"Participant 22",=Ben,ben@x.edu,"Submitted for grading",,20.00,No,-,-,old
"Participant 2",Cleo,cleo@x.edu,"No submission",,20.00,Yes,-,-,
"Participant 23",Dóra,dora@x.edu,"Submitted for grading",,20.00,Yes,-,-,
"""

Grades = Callable[..., Path]


def moodle(number: str, name: str = "") -> Person:
    return Person("moodle", full_name=name, user_id=number)


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., Filled]:
    """Fills the worksheet in with the grades of a folder."""

    def run(folder: Path, text: str | None = WORKSHEET) -> Filled:
        if text is None:
            return fill(read_grades(folder)[0], None, None)
        (tmp_path / "worksheet.csv").write_text(text, encoding="utf-8")
        return fill(read_grades(folder)[0], tmp_path / "worksheet.csv", None)

    return run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_grades_and_feedback_get_to_the_participants(filled: Callable[..., Filled], grades: Grades) -> None:
    folder = grades(
        (
            make_grade("Ada ONeil jr._21", 83.33, "=1+1 is <b>wrong</b>\nas is @x"),
            moodle("21", "Ada ONeil jr."),
        ),
        (make_grade("Ben_22", 50), moodle("22", "Ben")),
        (make_grade("Group_23", 60), moodle("23", "Group")),
        (make_grade("Zoe_77", 70), moodle("77", "Zoe")),
    )
    done = filled(folder)
    ada, ben, cleo, dora = rows(done.text)
    assert ada["Grade"] == "16.67"
    assert ada["Feedback comments"] == (
        "<p>83.33 of 100 points; 1 of 2 checks passed. The code of what was graded: 0123-4567-89ab.</p>"
        "<ul><li>A hidden check (0 of 40): =1+1 is &lt;b&gt;wrong&lt;/b&gt;<br>as is @x</li></ul>"
    )
    before = rows(WORKSHEET)
    assert [ben, cleo, dora] == before[1:]
    assert {**ada, "Grade": "", "Feedback comments": ""} == before[0]
    assert done.count == 1
    assert done.notes == [
        "Zoe_77 (70 points) has no row in the table; left out",
        "Cleo has no grade; the row is left as it is",
        "Ben_22 has a grade that Moodle has locked; the row is left as it is",
        "Group_23 has the number of Dóra in the worksheet, which may be of another kind; left out",
        "scores out of 100 were scaled to 20.00",
    ]
    assert SECRET not in done.text


def test_the_hint_is_a_paragraph_of_its_own(filled: Callable[..., Filled], grades: Grades) -> None:
    grade = make_grade("Ada ONeil jr._21", 60)
    first, second = grade.checks
    advised = replace(second, misconception="slip", help="Is a < b?")
    folder = grades((replace(grade, checks=(first, advised)), moodle("21", "Ada ONeil jr.")))
    said = rows(filled(folder).text)[0]["Feedback comments"]
    advice = "<p><em>This is what a known mistake gives: Is a &lt; b?</em></p>"
    assert f"<li>A hidden check (0 of 40): Try again.{advice}</li>" in said


def test_other_platforms_students_are_known_by_their_address(
    filled: Callable[..., Filled], grades: Grades
) -> None:
    folder = grades(
        (make_grade("x_21", 10), Person("canvas", user_id="21")),
        (make_grade("y", 100), Person("gradescope", full_name="D.", email="Dora@x.edu")),
        (make_grade("cleo@x.edu", 50), None),
    )
    assert [row["Grade"] for row in rows(filled(folder).text)] == ["", "", "10", "20"]


def test_anonymous_participants_have_no_name_to_compare(
    filled: Callable[..., Filled], grades: Grades
) -> None:
    folder = grades((make_grade("Participant_23", 100), moodle("23", "Participant")))
    assert rows(filled(folder).text)[3]["Grade"] == "20"


def test_accents_may_be_split(filled: Callable[..., Filled], grades: Grades) -> None:
    """As macOS does when it unpacks a zip."""
    folder = grades((make_grade("d_23", 100), moodle("23", "do\u0301ra")))
    assert rows(filled(folder).text)[3]["Grade"] == "20"


def test_a_worksheet_without_comments_gets_grades(filled: Callable[..., Filled], grades: Grades) -> None:
    text = "Identifier,Grade,Maximum grade\nParticipant 21,,100\n"
    done = filled(grades((make_grade("a_21", 61.5), moodle("21", "a"))), text)
    assert done.text == "Identifier,Grade,Maximum grade\nParticipant 21,61.5,100\n"
    assert "no column Feedback comments" in done.notes[-1]


def test_without_a_worksheet_one_is_made(filled: Callable[..., Filled], grades: Grades) -> None:
    folder = grades(
        (make_grade("=Eve_5", 80), moodle("5", "=Eve")),
        (make_grade("plain", 70), None),
    )
    done = filled(folder, None)
    (eve,) = rows(done.text)
    assert (eve["Identifier"], eve["Full name"], eve["Grade"], eve["Maximum Grade"]) == (
        "Participant 5",
        "=Eve",
        "80",
        "100",
    )
    assert done.notes == ["plain (70 points) has no row in the table; left out"]


@settings(max_examples=60)
@given(feedback=st.text(max_size=60) | st.sampled_from(["=cmd()", "+1", "-1", "@x", "\t=x", '"=x"']))
def test_no_feedback_is_a_formula_or_a_tag(feedback: str) -> None:
    done = fill([Graded(make_grade("a_21", 10, feedback), moodle("21"))], None, None)
    comment = rows(done.text)[0]["Feedback comments"]
    assert comment.startswith("<p>")
    inner = (
        comment.partition("(0 of 40)")[2].removeprefix(": ").removesuffix("</li></ul>").replace("<br>", "")
    )
    assert not set("<>\"'") & set(inner)


@pytest.mark.parametrize("text", ["a,b\n", "Identifier,Full name\n", "Teilnehmer/in,Bewertung\n"])
def test_what_is_no_worksheet_is_one_clear_line(
    text: str, filled: Callable[..., Filled], grades: Grades
) -> None:
    with pytest.raises(UserError, match="no grading worksheet of Moodle") as raised:
        filled(grades((make_grade("a", 1), None)), text)
    assert len(str(raised.value).splitlines()) == 1
