"""A handout's README, followed to the letter in a new folder: from the zip to a grade with the same code."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.grading import grade_submission
from autograder.handout import make_handout
from tests.submissions.platforms import zipped

ROOT = Path(__file__).resolve().parents[2]
TOPIC = find_assignment("losses", ROOT)
#: Stands for the package `notebook` and its hundred others.
NOTEBOOK = {
    "notebook-7.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: notebook\nVersion: 7.0\n",
    "notebook-7.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "notebook-7.0.dist-info/RECORD": b"",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The folder that a student has unpacked, with spaces in its name."""
    archive = make_handout(tmp_path / "made" / "course", [TOPIC]).archive
    home = tmp_path / "my home"
    with zipfile.ZipFile(archive) as handout:
        handout.extractall(home)
    (tmp_path / "notebook-7.0-py3-none-any.whl").write_bytes(zipped(NOTEBOOK))
    return home / "course"


def blocks(readme: Path) -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def run(course: Path, *lines: str) -> str:
    """Run lines in one terminal; nothing is fetched, and nothing of this checkout is found."""
    here = str(Path(sys.executable).parent)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "PATH": os.pathsep.join([here, os.environ["PATH"]]),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_FIND_LINKS": str(course.parents[1]),
    }
    command = ["bash", "-e", "-c", "\n".join(lines)]
    ran = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="the lines for Linux and macOS")
def test_its_lines_lead_from_the_zip_to_a_grade_with_the_same_code(course: Path) -> None:
    install, windows, notebook, check, opened, pack, _colab = blocks(course / "README.md")
    assert len(windows.splitlines()) == len(install.splitlines())
    assert opened == "jupyter notebook losses.ipynb\n"
    run(course, install, notebook)
    (site,) = course.glob(".venv/lib/python*/site-packages")
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")  # NumPy and the other three

    activate = install.splitlines()[1]
    where = run(course, activate, 'python -c "import autograder; print(autograder.__file__)"')
    assert Path(where.strip()).is_relative_to(course / ".venv")
    (course / "losses" / "losses.py").write_bytes(TOPIC.reference.read_bytes())
    assert "public points" in run(course, activate, check)
    code = re.findall(r"Code: (\S+)", run(course, activate, "cd losses", pack))
    upload = course / "losses" / "losses-hand-in.zip"
    assert [grade_submission(upload, TOPIC, seed=0).code] == code
