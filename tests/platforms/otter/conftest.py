"""Assignments made by the real `otter assign`, and submissions graded by the real `otter run`."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from otter.run import main as run_grader

from autograder.platforms.otter.command import command
from tests.platforms.otter import kernels

ROOT = Path(__file__).resolve().parents[3]
TOPICS = ("losses", "initialization")

Files = Mapping[str, bytes]
OtterRun = Callable[[str, Path], dict[str, Any]]


def write_submission(path: Path, files: Files) -> Path:
    """Write the zip that a student hands in."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def quick(folder: Path) -> dict[str, str]:
    """An environment without a package that is of no use here and takes seconds to import."""
    (folder / "without").mkdir()
    (folder / "without" / "rfc3987_syntax.py").write_text("raise ImportError('left out')\n")
    return {**os.environ, "PYTHONPATH": str(folder / "without")}


@pytest.fixture(scope="session", autouse=True)
def quick_kernels() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jupyter_client.provisioning.local_provisioner.launch_kernel", kernels.launch_kernel)
        yield


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `autograder otter` makes of two topics."""
    out = tmp_path_factory.mktemp("otter") / "released"
    make_assignments(ROOT, out, *TOPICS)
    return out


def make_assignments(course: Path, out: Path, *arguments: str) -> None:
    """Run `autograder otter` in a course, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        command.main([str(out), *arguments], standalone_mode=False)


@pytest.fixture(scope="session")
def otter_run(tmp_path_factory: pytest.TempPathFactory) -> OtterRun:
    """Grades a zip as the command `otter run` does, in this process; returns what results.json holds."""
    folder = tmp_path_factory.mktemp("run")

    def run(autograder: str, submission: Path) -> dict[str, Any]:
        (folder / "results.json").unlink(missing_ok=True)
        run_grader(str(submission), autograder=autograder, output_dir=str(folder), no_logo=True)
        content: dict[str, Any] = json.loads((folder / "results.json").read_text())
        return content

    return run
