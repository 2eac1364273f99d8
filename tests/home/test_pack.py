"""`autograder pack`: exactly what is to be handed in, with the code that the grade has."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.submissions import read_submission

ROOT = Path(__file__).parents[2]
CHECKS = '''
import pytest

@pytest.mark.points(2)
def test_one(student):
    """One"""
    assert student.one() == 1

@pytest.mark.points(1)
def test_later(student):
    """What is to come"""
    student.later()
'''
WORK = """
import math
import helper, absent
from tools.small import f

def one():
    return helper.number()

def later():
    raise NotImplementedError
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    (folder / "tools").mkdir(parents=True)
    written = {
        "test_work.py": CHECKS,
        "work.py": WORK.replace("helper, absent", "helper"),
        "helper.py": "import more\n\ndef number():\n    return more.ONE\n",
        "more.py": "ONE = 1\n",
        "math.py": "raise SystemExit('not asked for')\n",
        "scratch.py": "",
        "work.ipynb": "{}",
        "tools/__init__.py": "",
        "tools/small.py": "def f():\n    return 0\n",
    }
    for name, text in written.items():
        (folder / name).write_text(text)
    return folder


def pack(folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    command = [sys.executable, "-m", "autograder", "pack", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def names_in(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        return sorted(opened.namelist())


def test_it_holds_the_file_and_what_it_imports_of_the_students_own(folder: Path) -> None:
    done = pack(folder)
    assert (done.returncode, done.stderr) == (0, "")
    inside = ["helper.py", "more.py", "tools/__init__.py", "tools/small.py", "work.py"]
    assert names_in(folder / "work.zip") == inside
    said = " ".join(done.stdout.split())
    assert "2 of the 3 public points" in said
    assert "Not written yet: later" in said
    assert said.endswith("Not handed in yet: upload work.zip.")


def test_its_code_is_that_of_what_the_grader_reads(folder: Path) -> None:
    done = pack(folder)
    read = read_submission(folder / "work.zip", "work")
    assert sorted(read.files) == names_in(folder / "work.zip")
    assert f"Code of what is inside: {read.digest[:8]};" in done.stdout
    first = (folder / "work.zip").read_bytes()
    pack(folder)
    assert (folder / "work.zip").read_bytes() == first
    (folder / "more.py").write_text("ONE = 1.0\n")
    assert read.digest[:8] not in pack(folder).stdout


def test_what_gets_no_points_is_not_packed(folder: Path) -> None:
    (folder / "work.py").write_text("def one(:\n")
    done = pack(folder)
    assert done.returncode == 2
    assert "work.py, line 1: no check can run" in done.stdout
    assert "nothing was packed" in done.stderr
    assert not (folder / "work.zip").exists()


def test_a_zip_of_something_else_stays(folder: Path) -> None:
    with zipfile.ZipFile(folder / "work.zip", "w") as photographs:
        photographs.writestr("beach.jpg", b"")
    done = pack(folder)
    assert done.returncode == 2
    assert "holds something else" in done.stderr
    assert names_in(folder / "work.zip") == ["beach.jpg"]


@pytest.mark.long
def test_the_grade_has_the_code(tmp_path: Path) -> None:
    """Handed in as the zip, and as the bare file, which is all that is in it."""
    home = tmp_path / "initialization"
    home.mkdir()
    for name in ("initialization.py", "test_initialization.py"):
        (home / name).write_bytes((ROOT / "assignments/initialization" / name).read_bytes())
    said = pack(home).stdout
    class_ = tmp_path / "class"
    (class_ / "ann").mkdir(parents=True)
    (class_ / "ann" / "initialization.zip").write_bytes((home / "initialization.zip").read_bytes())
    (class_ / "ben").mkdir()
    (class_ / "ben" / "initialization.py").write_bytes((home / "initialization.py").read_bytes())
    command = [sys.executable, "-m", "autograder", "grade", str(class_), "--assignment", "initialization"]
    subprocess.run([*command, "--out", str(tmp_path / "grades")], check=True, capture_output=True, cwd=ROOT)
    for student in ("ann", "ben"):
        grade = json.loads((tmp_path / "grades" / student / "grade.json").read_text())
        assert f"inside: {grade['manifest']['submission'][:8]};" in said
