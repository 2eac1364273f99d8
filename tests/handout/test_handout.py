"""What a class gets can be followed to the letter, and holds nothing that it should not."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.errors import UserError
from autograder.handout.folder import handout_files, write_handout
from autograder.handout.wheel import wheel

ROOT = Path(__file__).parents[2]
TOPIC = "initialization"
TOPICS = (TOPIC, "losses")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return handout_files([find_assignment(topic, ROOT) for topic in TOPICS], "course")


def test_the_wheel_is_the_one_that_the_build_tool_makes(tmp_path: Path) -> None:
    name, content = wheel()
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / name) as built, zipfile.ZipFile(BytesIO(content)) as ours:
        assert sorted(ours.namelist()) == sorted(built.namelist())
        own = ("METADATA", "WHEEL", "RECORD")  # of the installed copy; the tool's own name; digests of both
        same = [member for member in ours.namelist() if not member.endswith(own)]
        assert [member for member in same if ours.read(member) != built.read(member)] == []
        assert b"Requires-Dist: numpy" in next(
            ours.read(m) for m in ours.namelist() if m.endswith("METADATA")
        )


def test_equal_sources_give_equal_bytes(files: dict[str, bytes]) -> None:
    assert handout_files([find_assignment(topic, ROOT) for topic in TOPICS], "course") == files


def test_it_has_each_topic_and_no_file_of_the_course_team(files: dict[str, bytes]) -> None:
    per_topic = {"{0}/{0}.py", "{0}/{0}.ipynb", "{0}/test_{0}.py", "{0}/README.md"}
    engine, _ = wheel()
    topics = {name.format(topic) for topic in TOPICS for name in per_topic}
    assert set(files) == topics | {engine, "requirements.txt", "README.md"}


def test_what_is_not_of_a_handout_is_kept(tmp_path: Path, files: dict[str, bytes]) -> None:
    out = tmp_path / "course"
    write_handout(out, files)
    (out / "dl_autograder-0.0.9-py3-none-any.whl").write_bytes(b"of an earlier version")
    write_handout(out, files)
    assert sorted(path.name for path in out.glob("*.whl")) == [wheel()[0]]
    (out / "marks.csv").write_text("ann,12\n")
    with pytest.raises(UserError, match=r"holds marks.csv, which would be lost"):
        write_handout(out, files)
    assert (out / "marks.csv").read_text() == "ann,12\n"


@pytest.mark.long
def test_its_readme_can_be_followed(tmp_path: Path, files: dict[str, bytes]) -> None:
    """The lines for Linux and macOS, from unpacking to packing; NumPy comes from this environment."""
    archive = write_handout(tmp_path / "made" / "course", files)
    with zipfile.ZipFile(archive) as handout:
        handout.extractall(tmp_path)
    folder = tmp_path / "course"
    blocks = re.findall(r"```\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    install = next(block for block in blocks if block.startswith("python3 -m venv"))
    make, get = install.splitlines()
    bash(make.replace("python3", sys.executable), folder)
    (site,) = (folder / ".venv").glob("lib/python*/site-packages")
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    bash(f"{get} --no-deps --no-index", folder)
    assert "0 of the 48 public points" in bash(next(b for b in blocks if " check " in b), folder)
    solution = (ROOT / "solutions" / TOPIC / f"{TOPIC}.py").read_bytes()
    (folder / TOPIC / f"{TOPIC}.py").write_bytes(solution)
    assert "48 of the 48 public points" in bash(next(b for b in blocks if " check " in b), folder)
    said = bash(next(b for b in blocks if " pack " in b), folder)
    assert f"Not handed in yet: upload {TOPIC}.zip" in said


def bash(lines: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        ["bash", "-c", lines], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == "" or done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())
