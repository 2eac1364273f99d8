"""Which file is graded: the one of the right name, or the only one that can be meant."""

import json
from collections.abc import Mapping

import pytest

from autograder.submissions import Wanted
from autograder.submissions.choose_module import choose_module
from autograder.submissions.rules import UnreadableError

GIVEN = b"import numpy as np\n\ndef mean(x):\n    raise NotHere\n\ndef spread(x):\n    raise NotHere\n"
WORK = b"import numpy as np\n\ndef mean(x):\n    return x.mean()\n\ndef spread(x):\n    return x.std()\n"
OTHER = b"def flip(x):\n    return x[::-1]\n\ndef turn(x):\n    return x.T\n"
TINY = Wanted(
    "tiny",
    frozenset({"mean", "spread"}),
    frozenset(line.strip() for line in GIVEN.decode().splitlines()),
    {"turns": frozenset({"flip", "turn"})},
)


def notebook(*cells: str) -> bytes:
    code = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "# Tiny"}, *code]}).encode()


@pytest.mark.parametrize(
    "name", ["tiny (1).py", "Tiny.PY", "tiny.py.txt", "my_tiny.py", "a/homework.py", "tiny", "tiny\u200b.py"]
)
def test_a_single_near_miss_is_taken_with_a_note(name: str) -> None:
    chosen = choose_module({name: WORK, "report.pdf": b"%PDF"}, TINY)
    assert chosen.files["tiny.py"] == WORK
    assert "was graded as tiny.py; next time name it tiny.py" in chosen.note


def test_what_lies_beside_it_stays_beside_it() -> None:
    chosen = choose_module({"hw/my_tiny.py": WORK, "hw/helper.py": b"HALF = 0.5\n", "old.txt": b""}, TINY)
    assert chosen.files == {"tiny.py": WORK, "helper.py": b"HALF = 0.5\n"}


def test_the_right_name_needs_no_note() -> None:
    assert choose_module({"tiny.py": WORK, "tiny (1).py": WORK + b"#"}, TINY).note == ""


@pytest.mark.parametrize("name", ["tiny (1).py", "deeper/tiny.py"])
def test_work_beside_the_untouched_skeleton_counts(name: str) -> None:
    assert choose_module({"tiny.py": GIVEN, name: WORK}, TINY).files["tiny.py"] == WORK


def test_of_copies_of_the_skeleton_one_is_graded() -> None:
    assert choose_module({"tiny (1).py": GIVEN, "tiny (2).py": GIVEN}, TINY).files["tiny.py"] == GIVEN


def test_a_helper_that_shares_a_name_is_not_in_the_way() -> None:
    helper = b"def mean(x):\n    return 0\n"
    assert choose_module({"my_tiny.py": WORK, "helper.py": helper}, TINY).files["tiny.py"] == WORK


@pytest.mark.parametrize(
    "content", [b"from core import *\n", b"from core import mean, spread\n", b"exec(open('x').read())\n"]
)
def test_a_module_may_take_its_functions_from_elsewhere(content: bytes) -> None:
    assert choose_module({"tiny.py": content, "core.py": WORK}, TINY).files["tiny.py"] == content


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"tiny (1).py": WORK, "tiny (2).py": WORK + b"#"}, "not clear which file is meant"),
        ({"a/tiny.py": WORK, "b/tiny.py": WORK + b"#"}, "two files tiny.py (a/tiny.py and b/tiny.py)"),
        ({"turns.py": OTHER}, "only turns.py (it looks like turns.py, the file of another topic)"),
        ({"tiny.py": OTHER}, "it looks like turns.py"),
        ({"tiny.py": b" \n"}, "it is empty"),
        ({"tiny.py": b"import os\n"}, "it defines no function"),
        ({"tiny.py": b"PK\x03\x04", "a.txt": b""}, "(there is also a.txt): it is a zip, not Python"),
        ({"test_tiny.py": b"def test_mean(): ...\n"}, "test_tiny.py (it holds checks"),
        ({"report.pdf": b"", "tiny.pyc": b""}, "only report.pdf and tiny.pyc (compiled Python)"),
        ({f"{i:02}.png": b"" for i in range(12)}, "09.png and 2 more"),
        ({"tiny.ipynb": notebook("import tiny", "tiny.mean([1])")}, "a notebook that defines none"),
        ({"tiny.ipynb": b'{"cells": ['}, "no notebook that can be read"),
    ],
)
def test_where_nothing_is_clear_nothing_is_guessed(files: Mapping[str, bytes], words: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        choose_module(files, TINY)
    assert words in str(refused.value)


def test_strict_names_take_nothing_for_another() -> None:
    with pytest.raises(UnreadableError, match=r"only tiny \(1\)\.py; name it tiny\.py"):
        choose_module({"tiny (1).py": WORK}, TINY, strict=True)
    assert choose_module({"tiny.py": WORK}, TINY, strict=True).files == {"tiny.py": WORK}


def test_an_instructors_choice_counts() -> None:
    files = {"tiny.py": GIVEN, "try 1.py": WORK, "try 2.py": WORK + b"#"}
    chosen = choose_module(files, TINY, take="try 2.py")
    assert chosen.files == {"tiny.py": WORK + b"#", "try 1.py": WORK}
    assert "try 2.py was graded as tiny.py" in chosen.note
    with pytest.raises(UnreadableError, match=r"try 3\.py"):
        choose_module(files, TINY, take="try 3.py")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_an_editor_saved_in_two_bytes_a_character_is_read(encoding: str) -> None:
    written = WORK.decode().encode(encoding)
    assert choose_module({"tiny.py": written}, TINY).files["tiny.py"].strip() == WORK.strip()


@pytest.mark.parametrize("name", ["tiny.ipynb", "tiny.py", "Untitled.ipynb", "tiny.ipynb.json"])
def test_a_notebook_gives_its_definitions(name: str) -> None:
    chosen = choose_module({name: notebook(*WORK.decode().split("\n\n"), "mean([1, 2])")}, TINY)
    assert [line for line in chosen.files["tiny.py"].split(b"\n") if line] == [
        line for line in WORK.split(b"\n") if line
    ]
    assert f"the notebook {name} was graded" in chosen.note
