"""What the functions should take and return, read off the student's own folder."""

from pathlib import Path

import pytest

from autograder.home.module import student_module
from autograder.home.promises import promises_at_home
from autograder.home.watched import answers_of
from autograder.verdicts import MissingNameError

README = "| in `work.py` | what it does |\n|---|---|\n| `loss(x, y)` | |\n| `Net.run(x)` | |\n"
CHECKS = 'NAMES = ("penalty",)\n\ndef test_it(student):\n    student.other(1)\n'


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text(README)
    (tmp_path / "test_work.py").write_text(CHECKS)
    return tmp_path / "work.py"


def test_parameters_come_from_the_readme_and_values_from_the_file(work: Path) -> None:
    work.write_bytes(
        b"\xef\xbb\xbfdef loss(y, x) -> tuple[float, list]: pass\n"
        b"def penalty(w, h=1) -> float: pass\ndef mine(): pass\n"
    )
    promises = promises_at_home(work)
    assert promises.keys() == {"loss", "penalty", "Net.run"}
    assert [p.name for p in promises["loss"].parameters] == ["x", "y"]
    assert promises["loss"].returned == "2 values: a single number and an array"
    assert promises["penalty"].parameters[1].default == "1"
    assert [p.name for p in promises["Net.run"].parameters] == ["self", "x"]


def test_without_a_readme_the_file_alone_tells(work: Path) -> None:
    work.with_name("README.md").unlink()
    work.write_text("def other(x) -> float: pass\ndef mine(): pass\n")
    assert promises_at_home(work).keys() == {"other"}


def test_calls_are_taken_down_and_names_that_are_missing_told(work: Path) -> None:
    work.write_text("N = 3\ndef loss(x, y) -> float:\n    return None\ndef penaltys(): pass\n")
    with student_module(work) as student:
        assert student.loss(1, 2) is None
        assert student.N == 3
        with pytest.raises(MissingNameError, match=r"^work\.py has no penalty; you have penaltys$"):
            student.penalty(1)
    assert answers_of(student).broken == ("loss", "None")
    assert answers_of(work).broken is None
