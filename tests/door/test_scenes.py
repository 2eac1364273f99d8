"""Whole classes, in all the forms that an instructor may have them in.

`make test` takes every ninth, `make test-long` every other of the rest, `make test-by-hand` all others.
"""

import csv
import io
from pathlib import Path

import pytest

from tests.door.scenes import SCENES, Scene
from tests.submissions.platforms import BANK, CHECKS, REFERENCE, unpacked, zipped
from tests.submissions.running import autograder

pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one tiny topic."""
    folder = tmp_path_factory.mktemp("course")
    files = {"tiny.py": REFERENCE, "test_tiny.py": CHECKS, "misconceptions.py": BANK}
    unpacked(folder / "solutions" / "tiny", {name: text.encode() for name, text in files.items()})
    return folder


def submissions(folder: Path, scene: Scene) -> Path:
    """Write what the instructor has."""
    if not scene.packed:
        return unpacked(folder / "class", scene.files)
    (folder / "class.zip").write_bytes(zipped(scene.files))
    return folder / "class.zip"


def rows_of(gradebook: Path) -> dict[str, tuple[str, str]]:
    """Verdict and score by student, as `grades.csv` says."""
    if not gradebook.is_file():
        return {}
    lines = csv.DictReader(io.StringIO(gradebook.read_text(encoding="utf-8")))
    return {line["student"]: (line["verdict"], line["score"]) for line in lines}


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(
            scene,
            id=scene.what,
            marks=[
                *([pytest.mark.xfail(strict=True, reason=scene.todo)] if scene.todo else []),
                *([pytest.mark.long] if place % 9 else []),
                *([pytest.mark.by_hand] if place % 9 and place % 2 else []),
            ],
        )
        for place, scene in enumerate(SCENES)
    ],
)
def test_class(scene: Scene, course: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(scene.roster)
    options = [str(tmp_path / "roster.csv") if option == "ROSTER" else option for option in scene.options]
    source, out = submissions(tmp_path, scene), tmp_path / "out"
    ran = autograder(
        course, "grade", source, "--assignment", "tiny", "--out", out, "--seed", 0, "--jobs", 1, *options
    )
    printed = ran.stdout + ran.stderr
    assert ran.returncode == scene.status, printed
    assert rows_of(out / "grades.csv") == dict(scene.rows)
    assert [word for word in scene.says if word not in printed] == []
    assert [word for word in scene.never if word in printed] == []


def test_what_was_taken_is_remembered(course: Path, tmp_path: Path) -> None:
    source = unpacked(
        tmp_path / "class", {"cleo/try 1.py": b"", "cleo/try 2.py": b"def mean(x):\n    return 3.0\n"}
    )
    grade = ("grade", source, "--assignment", "tiny", "--out", tmp_path / "out", "--seed", 0)
    first = autograder(course, *grade, "--take", "cleo=try 2.py")
    assert first.returncode == 0, first.stderr
    assert "try 2.py" in (tmp_path / "out" / "taken.csv").read_text(encoding="utf-8")
    before = rows_of(tmp_path / "out" / "grades.csv")
    again = autograder(course, *grade, "--force")
    assert again.returncode == 0, again.stderr
    assert rows_of(tmp_path / "out" / "grades.csv") == before == {"cleo": ("graded", "2")}
