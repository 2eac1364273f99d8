"""Canvas's gradebook: the scores get into the right rows of the right column, and nothing else changes."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.platforms.canvas.export import fill
from autograder.platforms.export import Filled
from autograder.platforms.graded import read_grades
from autograder.submissions.hand_in import Person
from autograder.verdicts import SubmissionVerdict
from tests.platforms.exports.conftest import SECRET, make_grade

HEADER = "Student,ID,SIS User ID,SIS Login ID,Section,Losses (501),Losses again (502),Quiz (503),Final Score"
GRADEBOOK = f"""\
{HEADER}
,,,,,Manual Posting,,,
"    Points Possible",,,,,10.0,100,5,(read only)
"Lovelace, Ada",101,u-1,ada,A,,7,3,55
"=cmd|' /C calc'!A0, Ben",102,u-2,ben@x.edu,"A, B",4,,,
"Doe, Cleo",103,u-3,cleo,A,EX,,,
"Poe, Dora",104,u-4,dora,A,,,,
"""

Grades = Callable[..., Path]


def canvas(user_id: str, name: str = "") -> Person:
    return Person("canvas", full_name=name, user_id=user_id)


@pytest.fixture
def filled(tmp_path: Path, grades: Grades) -> Callable[..., Filled]:
    """Fills the gradebook in with the grades of a folder."""

    def run(
        folder: Path, column: str | None = "Losses", text: str = GRADEBOOK, zeros: bool = False
    ) -> Filled:
        (tmp_path / "gradebook.csv").write_text(text, encoding="utf-8")
        return fill(read_grades(folder, zeros)[0], tmp_path / "gradebook.csv", column)

    return run


def cells(text: str, column: int) -> list[str]:
    return [row[column] for row in csv.reader(io.StringIO(text))][3:]


def test_scores_are_scaled_into_the_column_and_all_else_stays(
    filled: Callable[..., Filled], grades: Grades
) -> None:
    folder = grades(
        (make_grade("lovelaceada_101", 83.33), canvas("101", "lovelaceada")),
        (make_grade("cmdccalca0ben_102", 0), canvas("102", "cmdccalca0ben")),
        (make_grade("doecleo_103", 50), canvas("103", "doecleo")),
        (make_grade("ghost_999", 70), canvas("999", "ghost")),
    )
    done = filled(folder)
    assert cells(done.text, 5) == ["8.33", "0", "EX", ""]
    before, after = (list(csv.reader(io.StringIO(text))) for text in (GRADEBOOK, done.text))
    assert [row[:5] + row[6:] for row in after] == [row[:5] + row[6:] for row in before]
    assert done.count == 2
    assert done.notes == [
        "ghost_999 (70 points) has no row in the table; left out",
        "Poe, Dora has no grade; the row is left as it is",
        "doecleo_103 is excused in Canvas and stays so",
        "scores out of 100 were scaled to 10.0",
    ]
    assert SECRET not in done.text


def test_other_platforms_students_are_known_by_sis_names_only(
    filled: Callable[..., Filled], grades: Grades
) -> None:
    folder = grades(
        (make_grade("Participant_101", 10), Person("moodle", user_id="101")),
        (make_grade("ada@x.edu", 20), Person("gradescope", email="ada@x.edu", sis_id="u-1")),
        (make_grade("b", 30), Person("gradescope", email="BEN@x.edu")),
        (make_grade("dora", 40), None),
    )
    done = filled(folder, "Losses again")
    assert cells(done.text, 6) == ["20", "30", "", "40"]
    assert done.notes[0] == "Participant_101 (10 points) has no row in the table; left out"


def test_no_zero_takes_the_row_of_a_submission(filled: Callable[..., Filled], grades: Grades) -> None:
    """Where the roster has another name for the student than Canvas."""
    folder = grades(
        (make_grade("Ada King", 0, verdict=SubmissionVerdict.ABSENT), Person(sis_id="u-1")),
        (make_grade("lovelaceada_101", 80), canvas("101", "lovelaceada")),
    )
    done = filled(folder, zeros=True)
    assert cells(done.text, 5)[0] == "8"
    assert "Ada King (0 points) has another's row in the table; left out" in done.notes


def test_another_name_for_the_number_is_told(filled: Callable[..., Filled], grades: Grades) -> None:
    done = filled(grades((make_grade("x_101", 10), canvas("101", "evex"))))
    assert cells(done.text, 5)[0] == "1"
    assert "x_101 is Lovelace, Ada in the gradebook; see that it is the same person" in done.notes


def test_what_is_not_graded_is_not_exported(filled: Callable[..., Filled], grades: Grades) -> None:
    done = filled(grades((make_grade("a_101", 0, verdict=SubmissionVerdict.INFRASTRUCTURE), canvas("101"))))
    assert cells(done.text, 5)[0] == ""
    assert "a_101 is not graded yet, since the machine failed; grade again" in done.notes


@pytest.mark.parametrize("column", ["Losses (501)", "Losses"])
def test_a_full_name_chooses_the_column(column: str, filled: Callable[..., Filled], grades: Grades) -> None:
    folder = grades((make_grade("a", 100), canvas("101")))
    assert cells(filled(folder, column).text, 5)[0] == "10"


def test_the_topic_chooses_the_column_where_one_holds_it(
    filled: Callable[..., Filled], grades: Grades
) -> None:
    folder = grades((make_grade("a", 100), canvas("101")))
    one = GRADEBOOK.replace("Losses again", "Other").replace("Losses (501)", "Homework 1: losses (501)")
    assert cells(filled(folder, None, one).text, 5)[0] == "10"
    with pytest.raises(UserError, match=r"more than one column for 'losses'; name one with --column: Losses"):
        filled(folder, None)
    with pytest.raises(UserError, match=r"no column for 'nothing'; .* Quiz \(503\)"):
        filled(folder, "nothing")


def test_semicolons_and_the_byte_order_mark_stay(filled: Callable[..., Filled], grades: Grades) -> None:
    text = "\ufeff" + "\n".join(
        [HEADER.replace(",", ";"), "Points Possible;;;;;100;;;", '"L; Ada";101;;;;;;;', ""]
    )
    done = filled(grades((make_grade("a", 50), canvas("101"))), "Losses", text)
    assert done.text == text.replace('"L; Ada";101;;;;;;;', '"L; Ada";101;;;;50;;;')


def test_ends_of_lines_stay(filled: Callable[..., Filled], grades: Grades) -> None:
    """Also one within a cell."""
    folder = grades((make_grade("a", 50), canvas("101")))
    text = f'{HEADER}\n"Ada\r",101,,,,,,,\n'
    assert filled(folder, "Losses", text).text == text.replace("101,,,,,", "101,,,,50,")
    text = text.replace("\n", "\r\n").replace("Ada\r", "Ada\n")
    assert filled(folder, "Losses", text).text == text.replace("101,,,,,", "101,,,,50,")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "no gradebook of Canvas"),
        (b"\xff\xfe\x00", "no CSV file in UTF-8"),
        (b'Student,ID\n"open', "no CSV file in UTF-8"),
        (None, "can't be read"),
    ],
)
def test_what_is_no_gradebook_is_one_clear_line(
    content: bytes | None, words: str, grades: Grades, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "g.csv").write_bytes(content)
    with pytest.raises(UserError, match=words) as raised:
        fill(read_grades(grades((make_grade("a", 1), None)))[0], tmp_path / "g.csv", None)
    assert len(str(raised.value).splitlines()) == 1


def test_without_a_gradebook_the_command_says_what_to_do(grades: Grades) -> None:
    with pytest.raises(UserError, match="--gradebook"):
        fill(read_grades(grades((make_grade("a", 1), None)))[0], None, None)
