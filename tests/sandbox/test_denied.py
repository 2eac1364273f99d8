"""The sentences in the place of Python's own, where these would send a student the wrong way."""

from pathlib import Path

import pytest

from autograder.sandbox.inside.denied import text_of


def raised(statement: str) -> Exception:
    try:
        exec(statement, {"__name__": "losses"})
    except Exception as error:
        return error
    raise AssertionError(f"{statement} raised nothing")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("open('table.npy')", "table.npy is not there"),
        ("get_ipython().run_line_magic('matplotlib', 'inline')", "belongs to notebooks"),
        ("from .helpers import clip", "without the dot"),
    ],
)
def test_what_is_not_there_is_said_with_the_next_step(statement: str, said: str) -> None:
    assert said in text_of(raised(statement))


@pytest.mark.parametrize("statement", ["open('/nowhere/a')", "undefined_name", "1 / 0", "import nowhere"])
def test_other_messages_stay(statement: str) -> None:
    error = raised(statement)
    assert text_of(error) == str(error)


def test_a_file_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    error = PermissionError(13, "Permission denied", str(tmp_path / "a"))
    assert str(tmp_path / "a") in text_of(error)
    assert "working folder" in text_of(error)
