"""`--take` is checked before anything is graded, and remembered."""

from pathlib import Path

import click
import pytest

from autograder.cli.taken import with_taken
from autograder.errors import UserError
from autograder.submissions import HandIn


@pytest.fixture
def hand_ins(tmp_path: Path) -> list[HandIn]:
    """Three students with two attempts each; the name of one holds an equals sign."""
    for student in ("ada", "ada=b", "ben"):
        for name in ("try 1.py", "in/try=2.py"):
            path = tmp_path / "class" / student / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x = 1\n")
    return [HandIn.at(path) for path in sorted((tmp_path / "class").iterdir())]


def taken(hand_ins: list[HandIn], out: Path, *given: str) -> dict[str, str]:
    return {h.student: h.take for h in with_taken(hand_ins, out, given) if h.take}


def test_a_choice_is_remembered_until_another_is_made(hand_ins: list[HandIn], tmp_path: Path) -> None:
    assert taken(hand_ins, tmp_path) == {}
    assert not (tmp_path / "taken.csv").exists()
    assert taken(hand_ins, tmp_path, "ada=try 1.py", "ada=b=in/try=2.py") == {
        "ada": "try 1.py",
        "ada=b": "in/try=2.py",
    }
    assert taken(hand_ins, tmp_path, "ada=in/try=2.py") == {"ada": "in/try=2.py", "ada=b": "in/try=2.py"}
    assert (tmp_path / "taken.csv").read_text().splitlines() == [
        "student,file",
        "ada,in/try=2.py",
        "ada=b,in/try=2.py",
    ]
    assert taken(hand_ins[2:], tmp_path) == {}
    assert taken(hand_ins, tmp_path) == {"ada": "in/try=2.py", "ada=b": "in/try=2.py"}


def test_a_file_that_is_gone_is_not_taken(
    hand_ins: list[HandIn], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken.csv").write_text("student,file\nben,try 3.py\n")
    assert taken(hand_ins, tmp_path) == {}
    assert "ben: 'try 3.py' is no longer there" in capsys.readouterr().err


def test_what_is_not_there_is_refused_and_nothing_remembered(hand_ins: list[HandIn], tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no student 'zoe'"):
        taken(hand_ins, tmp_path, "zoe=try 1.py")
    with pytest.raises(UserError, match=r"ben handed in no file 'try 3\.py'; .*: in/try=2\.py, try 1\.py"):
        taken(hand_ins, tmp_path, "ben=try 3.py")
    with pytest.raises(click.UsageError, match=r"STUDENT=FILE"):
        taken(hand_ins, tmp_path, "ben")
    assert not (tmp_path / "taken.csv").exists()


def test_a_file_of_choices_in_another_form_is_refused(hand_ins: list[HandIn], tmp_path: Path) -> None:
    (tmp_path / "taken.csv").write_text("ben;try 1.py\n")
    with pytest.raises(UserError, match="columns student and file"):
        taken(hand_ins, tmp_path)
