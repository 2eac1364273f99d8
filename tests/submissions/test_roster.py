"""A roster: who handed in nothing has a row, and what is left over on either side is named."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.platforms.roster import Enrolled, read_roster, with_roster
from autograder.submissions.hand_in import Collection, HandIn, Person, read_path
from autograder.submissions.submission import read_submission

ADA = Enrolled("101", "Ada Lovelace", "ada@x.edu")
BEN = Enrolled("102", "Bitdiddle, Ben", "ben@x.edu")

Absent = Callable[..., tuple[list[str], list[str]]]


@pytest.fixture
def absent() -> Absent:
    """Returns who handed in nothing, and the notes."""

    def of(roster: list[Enrolled], *hand_ins: tuple[str, Person]) -> tuple[list[str], list[str]]:
        there = [HandIn(name, partial(read_path, Path()), person=person) for name, person in hand_ins]
        whole = with_roster(Collection(there, ["before"]), roster)
        assert [h.student for h in whole.hand_ins] == sorted(h.student for h in whole.hand_ins)
        assert whole.notes[0] == "before"
        return [h.student for h in whole.hand_ins if h not in there], whole.notes[1:]

    return of


@pytest.mark.parametrize(
    "hand_in",
    [
        ("x_101", Person("canvas", user_id="101")),
        ("y", Person("gradescope", sis_id="101")),
        ("y", Person("gradescope", email="ADA@x.edu")),
        ("lovelaceada_7", Person("canvas", full_name="lovelaceada", user_id="7")),
        ("Ada Lovelace_7", Person("moodle", full_name="Ada Lovelace", user_id="7")),
        *(
            (name, Person())
            for name in ("101", "ada", "Ada@x.edu", "ada_lovelace", "Lovelace, Ada", "lovelaceada")
        ),
    ],
)
def test_a_student_is_known_by_number_address_or_name(hand_in: tuple[str, Person], absent: Absent) -> None:
    assert absent([ADA, BEN], hand_in) == (["Bitdiddle, Ben"], [])


def test_the_platforms_number_comes_before_the_name(absent: Absent) -> None:
    found, _ = absent([ADA, BEN], ("Ada Lovelace_102", Person("moodle", "Ada Lovelace", user_id="102")))
    assert found == ["Ada Lovelace"]


def test_who_is_not_on_the_roster_is_named(absent: Absent) -> None:
    found, notes = absent([ADA], ("mallory", Person()), ("ada", Person()), ("zoe", Person()))
    assert (found, notes) == ([], ["not on the roster: mallory, zoe"])


def test_of_two_of_one_name_none_is_guessed(absent: Absent) -> None:
    twins = [Enrolled("1", "Jo Smith", ""), Enrolled("2", "Smith, Jo", "")]
    assert absent(twins, ("Jo Smith", Person())) == ([], ["Jo Smith may be any of these on the roster: 1, 2"])


def test_two_submissions_of_one_student_are_told(absent: Absent) -> None:
    _, notes = absent([ADA], ("ada", Person()), ("Ada Lovelace", Person()))
    assert notes == ["ada and Ada Lovelace are one student on the roster: Ada Lovelace"]


def test_namesakes_who_handed_in_nothing_have_two_rows(absent: Absent) -> None:
    found, _ = absent([ADA, Enrolled("1", "Jo Smith", ""), Enrolled("2", "Jo Smith", "")], ("ada", Person()))
    assert found == ["Jo Smith", "Jo Smith~2"]


def test_who_is_absent_is_known_to_the_platform_by_its_number() -> None:
    ada = HandIn("a_101", partial(read_path, Path()), person=Person("canvas", user_id="101"))
    people = {h.student: h.person for h in with_roster(Collection([ada]), [ADA, BEN]).hand_ins}
    assert people["Bitdiddle, Ben"] == Person("canvas", "Bitdiddle, Ben", "ben@x.edu", user_id="102")
    ada = HandIn("ada", partial(read_path, Path()))
    people = {h.student: h.person for h in with_roster(Collection([ada]), [ADA, BEN]).hand_ins}
    assert people["Bitdiddle, Ben"] == Person("", "Bitdiddle, Ben", "ben@x.edu", sis_id="102")


def test_nothing_is_not_the_same_as_nothing_that_can_be_read() -> None:
    (hand_in,) = with_roster(Collection([]), [ADA]).hand_ins
    submission = read_submission(hand_in, "losses")
    assert (submission.absent, submission.problem) == (True, "nothing was handed in")


@pytest.mark.parametrize(
    "text", ["ID;Name;Email;x\n1;Jo;;\n;;;\n1;Jo;;\n", "\ufeffemail,name,id\r\n,Jo,1\r\n"]
)
def test_a_roster_is_read_as_spreadsheets_write_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8", newline="")
    assert read_roster(tmp_path / "roster.csv") == [Enrolled("1", "Jo", "")]


def test_a_roster_without_its_columns_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("name,address\nJo,jo@x.edu\n")
    with pytest.raises(UserError, match="has no column id and no column email; a roster has the columns id"):
        read_roster(tmp_path / "roster.csv")
