"""No name or text of a student's reaches a terminal raw: control codes, C1, DEL, marks of direction."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from autograder.cli.telling import say
from autograder.grading.store import Store
from autograder.printable import as_json, printable, printable_name
from autograder.reports.progress import progress_bar
from autograder.reports.table import grades_table
from autograder.submissions.names import folder_name, student_name

#: One of each kind: C0, DEL, C1, ends of lines, marks, overrides and isolates of direction, half a character.
CODES = ("\x1b[2J", "\x07", "\r", "\x7f", "\x9b31m", "\x85", "\u2028", "\u061c", "\u200e", "\u200f",
         "\u202e", "\u2066", "\ud800")  # fmt: skip
NAME = "mallory" + "".join(CODES)
SHOWN = r"mallory\x1b[2J\x07\r\x7f\x9b31m\x85\u2028\u061c\u200e\u200f\u202e\u2066\ud800"


def is_harmless(text: str) -> bool:
    return all(ch.isprintable() or ch == "\n" for ch in text)


def test_each_code_is_shown_as_an_escape() -> None:
    assert printable(NAME) == SHOWN
    assert (
        printable("Zoë\u00a0Müller \U0001f469\u200d\U0001f467")
        == "Zoë\u00a0Müller \U0001f469\u200d\U0001f467"
    )


def test_names_keep_marks_of_direction_and_lose_what_would_be_obeyed() -> None:
    assert printable_name("\u200fדנה") == "\u200fדנה"
    assert printable_name("a\x1b\u202e") == r"a\x1b\u202e"
    assert is_harmless(folder_name(NAME))
    assert student_name(Path("class") / "b\x9b31m") == r"b\x9b31m"


def test_json_holds_the_text_and_shows_nothing_raw() -> None:
    text = as_json({NAME: [NAME, "ordinary é"]})
    assert is_harmless(text)
    assert "ordinary é" in text
    assert json.loads(text) == {NAME: [NAME, "ordinary é"]}


def test_the_files_of_a_grade(grade, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write(replace(grade("ada", 1, 1), feedback=NAME, run={"printed": {NAME: NAME}}))
    for name in ("grade.json", "run.json"):
        content = (tmp_path / "ada" / name).read_bytes().decode()
        assert is_harmless(content), name
        assert r"\u001b" in content


@pytest.mark.parametrize("terminal", [True, False])
def test_table_and_progress(grade, terminal: bool) -> None:
    """What a terminal is sent between its own commands, which are taken out."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=200, color_system=None, legacy_windows=False)
    console.print(grades_table([grade(NAME, 1, 1)]))
    if not terminal:  # on one, the bar itself moves the cursor
        with progress_bar(1, "grading", console) as advance:
            advance(NAME)
    assert is_harmless(file.getvalue()), file.getvalue()
    assert SHOWN in file.getvalue()


def test_lines_and_errors(capsys: pytest.CaptureFixture[str]) -> None:
    say(NAME)
    assert capsys.readouterr().err == f"{SHOWN}\n"
