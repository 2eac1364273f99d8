"""The module at home: executed anew for each check, from what the file holds at that moment."""

import os
from pathlib import Path
from types import CodeType

import pytest

from autograder.home import module as home
from autograder.home.module import student_module
from autograder.home.watched import answers_of


def write(path: Path, body: str) -> None:
    """Write a module that no file system's clock or size tells from the one before."""
    path.write_text(f"calls = []\n\n\ndef count():\n    calls.append({body})\n    return calls\n")
    os.utime(path, (0, 0))


def test_a_change_is_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "work.py"
    for body in ("1", "2"):
        write(path, body)
        with student_module(path) as student:
            assert student.count() == [int(body)]


def test_each_check_has_a_module_of_its_own_and_one_compilation_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "work.py"
    write(path, "1")
    executed: list[CodeType] = []

    def compiled(source: bytes, name: str) -> CodeType:
        executed.append(really(source, name))
        return executed[-1]

    really = home.compiled
    monkeypatch.setattr(home, "compiled", compiled)
    for _ in range(2):
        with student_module(path) as student:
            assert student.count() == [1]
    assert executed[0] is executed[1]


def test_what_it_forbids_is_read_from_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "work.py"
    for name in ("torch", "numba"):
        path.write_text(f'FORBIDDEN = ("{name}",)\nimport {name}\n')
        os.utime(path, (0, 0))
        with student_module(path) as student:
            assert hasattr(student, name)


def test_what_is_called_through_over_is_taken_down_as_well(tmp_path: Path) -> None:
    path = tmp_path / "work.py"
    path.write_text("def square(x):\n    return x * x, None\n")
    with student_module(path) as student:
        assert student.square.over(0, None, output=0).map([2.0, 3.0]) == [4.0, 9.0]
        assert answers_of(student).called == {"square"}
