"""`autograder pack`: exactly what is to be handed in, and the code that stands in the grade as well."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.course.regions import PLACEHOLDER
from autograder.home.packing import to_hand_in
from tests.submissions.platforms import CHECKS, HELPER, RIGHT, Files, unpacked, zipped

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
