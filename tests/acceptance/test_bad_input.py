"""What a person may do wrong: one clear line, exit status 2, nothing half written."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Autograder = Callable[..., "subprocess.CompletedProcess[str]"]


def _refused(result: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert result.returncode == 2, result
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert all(word in result.stderr for word in words), result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_assignment(autograder: Autograder, few: Path, tmp_path: Path):
    _refused(autograder("grade", few, "--assignment", "loses", "--out", tmp_path / "out"), "loses", "losses")
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(autograder: Autograder, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    _refused(
        autograder("grade", tmp_path / "empty", "--assignment", "initialization", "--out", tmp_path / "out"),
        "empty",
    )
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there(autograder: Autograder, tmp_path: Path):
    _refused(
        autograder("grade", tmp_path / "no", "--assignment", "initialization", "--out", tmp_path / "out"),
        "no folder",
    )


def test_one_submission_instead_of_a_class(autograder: Autograder, few: Path, tmp_path: Path):
    result = autograder(
        "grade", few / "reference", "--assignment", "initialization", "--out", tmp_path / "out"
    )
    _refused(result, "initialization.py", "folder")


def test_out_is_a_file(autograder: Autograder, few: Path, tmp_path: Path):
    (tmp_path / "out").write_text("mine")
    _refused(
        autograder("grade", few, "--assignment", "initialization", "--out", tmp_path / "out"),
        "can't be written",
    )
    assert (tmp_path / "out").read_text() == "mine"


def test_no_permission_to_write(autograder: Autograder, few: Path):
    """Nobody, root included, may make a folder in /proc."""
    _refused(
        autograder("grade", few, "--assignment", "initialization", "--out", "/proc/grades"),
        "can't be written",
    )


def test_an_unreadable_zip_is_graded_as_such(autograder: Autograder, tmp_path: Path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "torn.zip").write_bytes(b"PK\x03\x04 not a zip")
    with zipfile.ZipFile(tmp_path / "class" / "empty.zip", "w"):
        pass
    result = autograder(
        "grade", tmp_path / "class", "--assignment", "initialization", "--out", tmp_path / "out"
    )
    assert result.returncode == 0, result.stderr
    rows = (tmp_path / "out" / "grades.csv").read_text().splitlines()
    assert [row.split(",")[:4] for row in rows[1:]] == [
        ["empty", "0", "100", "unreadable"],
        ["torn", "0", "100", "unreadable"],
    ]


#: Runs a command where the kernel has no Landlock and lets nobody change the root folder.
POOR_KERNEL = """
import os, struct, sys
from autograder.sandbox.inside.confine import filter_system_calls

chroot = {"x86_64": 161, "aarch64": 51}[os.uname().machine]
program = [(0x20, 0, 0, 0)]
for number in (444, chroot):
    program += [(0x15, 0, 1, number), (0x06, 0, 0, 0x00050000 | 1)]
program.append((0x06, 0, 0, 0x7FFF0000))
filter_system_calls(b"".join(struct.pack("=HBBI", *line) for line in program))
os.execv(sys.executable, [sys.executable, "-m", "autograder", *sys.argv[1:]])
"""


@pytest.fixture
def on_a_poor_machine(tmp_path: Path) -> Autograder:
    """Runs the command where no safe level of protection works: no bubblewrap, and such a kernel."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", POOR_KERNEL, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "PATH": os.fspath(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_without_a_safe_sandbox_grading_stops(few: Path, tmp_path: Path, on_a_poor_machine: Autograder):
    result = on_a_poor_machine("grade", few, "--assignment", "initialization", "--out", tmp_path / "out")
    _refused(result, "bubblewrap", "landlock", "chroot", "--allow-unsandboxed")
    assert not (tmp_path / "out").exists()


@pytest.mark.unmeasured
@pytest.mark.long
def test_without_a_safe_sandbox_it_can_be_allowed(
    few: Path, tmp_path: Path, autograder: Autograder, on_a_poor_machine: Autograder
):
    for name in ("broken-os-exit", "reference"):
        (few / name / "initialization.py").unlink()
        (few / name).rmdir()
    safe = autograder("grade", few, "--assignment", "initialization", "--out", tmp_path / "safe")
    bare = on_a_poor_machine(
        "grade", few, "--assignment", "initialization", "--out", tmp_path / "bare", "--allow-unsandboxed"
    )
    assert (safe.returncode, bare.returncode) == (0, 0), bare.stderr
    assert "sandbox bare" in bare.stdout
    for path in (tmp_path / "safe").glob("*/grade.json"):
        assert (tmp_path / "bare" / path.parent.name / "grade.json").read_bytes() == path.read_bytes()


def test_a_course_without_solutions(few: Path, tmp_path: Path):
    from .conftest import command

    result = subprocess.run(
        command("grade", few, "--assignment", "initialization", "--out", tmp_path / "out"),
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    _refused(result, "solutions")
