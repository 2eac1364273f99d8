"""`autograder pack`: exactly what is to be handed in, and the code that stands in the grade as well."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.course.regions import PLACEHOLDER
from autograder.grading import grade_submission
from autograder.grading.wanted import wanted_for
from autograder.home.packing import to_hand_in
from autograder.platforms.registry import reader
from autograder.submissions import read_submission
from tests.submissions.platforms import CHECKS, HELPER, REFERENCE, RIGHT, Files, metadata, unpacked, zipped

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
WORK: Files = {"tiny.py": RIGHT, "helper.py": HELPER, "tiny.ipynb": NOTEBOOK}
#: What lies about in a student's folder, and is not handed in.
BESIDE: Files = {
    "test_tiny.py": CHECKS.encode(),
    "README.md": b"# Tiny",
    "old.py": b"old = 1\n",
    "notes.txt": b"",
    ".venv/lib/helper.py": b"",
}
OPEN = f"def spread(x):\n    {PLACEHOLDER}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked(tmp_path / "work", {**WORK, **BESIDE})


@pytest.fixture
def tiny(tmp_path: Path) -> Assignment:
    course = {"solutions/tiny/tiny.py": REFERENCE.encode(), "solutions/tiny/test_tiny.py": CHECKS.encode()}
    return find_assignment("tiny", unpacked(tmp_path / "course", course))


def pack(folder: Path, *where: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "autograder", "pack", *where]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def packed(folder: Path) -> str:
    """Pack; return the code that is told."""
    result = pack(folder)
    assert result.returncode == 0, result.stderr
    (code,) = re.findall("Code: ([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}) ", result.stdout)
    return str(code)


def test_it_packs_what_is_to_be_handed_in_and_says_that_it_is_not(folder: Path) -> None:
    result = pack(folder)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "Not handed in yet: upload tiny-hand-in.zip."
    with zipfile.ZipFile(folder / "tiny-hand-in.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == WORK


@pytest.mark.long
def test_the_same_files_have_the_same_code_and_others_another_one(folder: Path) -> None:
    code = packed(folder)
    before = (folder / "tiny-hand-in.zip").read_bytes()
    (folder / "old.py").write_bytes(b"old = 2\n")
    assert packed(folder) == code
    assert (folder / "tiny-hand-in.zip").read_bytes() == before
    (folder / "helper.py").write_bytes(HELPER + b"\n")
    assert packed(folder) != code


def test_the_code_stands_in_the_grade(folder: Path, tiny: Assignment) -> None:
    code = packed(folder)
    grade = grade_submission(folder / "tiny-hand-in.zip", tiny, seed=0)
    assert grade.score == grade.max_score
    assert json.loads(grade.to_json())["code"] == code


def test_the_code_is_the_same_on_whatever_way_it_is_handed_in(
    folder: Path, tiny: Assignment, tmp_path: Path
) -> None:
    code = packed(folder)
    upload = (folder / "tiny-hand-in.zip").read_bytes()
    about = ("---\nsubmission_1:\n" + metadata(("Ada", "41", "ada@example.edu"))).encode()
    unzipped = {f"assignment_7_export/submission_1/{name}": content for name, content in WORK.items()}
    ways: list[tuple[str, Files]] = [
        ("folder", {f"ada/{name}": content for name, content in WORK.items()}),
        ("folder", {"ada.zip": upload}),
        ("canvas", {"lovelaceada_101_9001_tiny-hand-in.zip": upload}),
        ("canvas", {"lovelaceada_101_9002_tiny-hand-in-1.zip": upload}),
        ("moodle", {"Ada Lovelace_21_assignsubmission_file/tiny-hand-in.zip": upload}),
        ("moodle", {"Ada Lovelace_21_assignsubmission_file_tiny-hand-in.zip": upload}),
        ("gradescope", {"assignment_7_export/submission_metadata.yml": about, **unzipped}),
    ]
    wanted = wanted_for(tiny)
    for number, (kind, files) in enumerate(ways):
        source = unpacked(tmp_path / f"download-{number}", files)
        (handed_in,) = reader(kind).collect(source, "tiny").hand_ins
        assert (kind, read_submission(handed_in, wanted).code) == (kind, code)


def test_a_windows_file_has_the_code_of_its_own_bytes(folder: Path, tiny: Assignment) -> None:
    (folder / "tiny.py").write_bytes(b"\xef\xbb\xbf" + RIGHT.replace(b"\n", b"\r\n"))
    code = packed(folder)
    assert read_submission(folder / "tiny-hand-in.zip", wanted_for(tiny)).code == code


@pytest.mark.parametrize(
    ("files", "held"),
    [
        ({"tiny.py": b"try:\n    import helper\nexcept ImportError:\n    pass\n"}, {"helper.py"}),
        ({"tiny.py": b"def f():\n    from helper import total\n"}, {"helper.py"}),
        ({"tiny.py": b"import helper\n", "helper.py": b"import old\n"}, {"helper.py", "old.py"}),
        ({"tiny.py": b"import a.b\n", "a/__init__.py": b"", "a/b.py": b""}, {"a/__init__.py", "a/b.py"}),
        (
            {"tiny.py": b"import a\n", "a/__init__.py": b"from .b import c\n", "a/b.py": b"c = 1\n"},
            {"a/__init__.py", "a/b.py"},
        ),
        ({"tiny.py": b"import numpy, json\n", "json.txt": b""}, set()),
    ],
)
def test_own_files_that_are_imported_come_along(folder: Path, files: Files, held: set[str]) -> None:
    unpacked(folder, files)
    assert set(to_hand_in(folder / "tiny.py")) == {"tiny.py", "tiny.ipynb", *held}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def mean(x:\n", "tiny.py, line 1, can't be executed"),
        ("x = 1\nx / 0\n", "tiny.py, line 2, can't be executed"),
        ("import importlib\nimportlib.import_module('old')\n", "No module named 'old'"),
        ("import os\nos._exit(0)\n", "ended Python itself"),
    ],
)
def test_what_does_not_load_is_not_packed(folder: Path, source: str, told: str) -> None:
    (folder / "tiny.py").write_text(source)
    result = pack(folder)
    assert result.returncode == 2
    assert told in result.stderr
    assert "Nothing is packed" in result.stderr
    assert not (folder / "tiny-hand-in.zip").exists()


def test_what_is_not_written_is_a_note(folder: Path) -> None:
    (folder / "tiny.py").write_text(OPEN)
    result = pack(folder, "tiny.py")
    assert result.returncode == 0
    assert "Note: not written yet: spread\n" in result.stdout
    assert "Note: the checks look for what is not in tiny.py: mean\n" in result.stdout


@pytest.mark.long
def test_nothing_is_noted_where_all_is_written(folder: Path) -> None:
    assert "Note:" not in pack(folder).stdout


def test_a_package_that_will_not_be_there_is_a_note(folder: Path) -> None:
    (folder / "tiny.py").write_text("import click\n\ndef mean(x):\n    return click.echo(x)\n")
    assert "the package click is not there when your work is" in " ".join(pack(folder).stdout.split())


@pytest.mark.parametrize("other", [zipped({"photos/cat.txt": b"cat"}), b"mine"])
def test_a_file_of_the_students_own_is_not_replaced(folder: Path, other: bytes) -> None:
    (folder / "tiny-hand-in.zip").write_bytes(other)
    assert "was not made by `autograder pack`" in pack(folder).stderr
    assert (folder / "tiny-hand-in.zip").read_bytes() == other


def test_elsewhere_it_says_where_to_go(tmp_path: Path) -> None:
    assert "is no assignment's folder" in pack(tmp_path).stderr
    (tmp_path / "test_tiny.py").write_text(CHECKS)
    assert "there is no tiny.py" in pack(tmp_path).stderr
