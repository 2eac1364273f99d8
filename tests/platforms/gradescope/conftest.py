"""Gradescope's folders in a container like Gradescope's."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
import pytest

from autograder.platforms.gradescope.command import command
from tests.platforms.gradescope import container

ROOT = Path(__file__).resolve().parents[3]
TOPIC = "initialization"

needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="it takes root to make a container in which one is root"
)


@dataclass(frozen=True)
class Machine:
    """What Gradescope sets up: `/autograder` with the autograder's files, and a `/var`.

    The packages are those of these tests; `setup.sh` would download them.
    """

    autograder: Path
    var: Path

    def install(self, autograder_zip: Path) -> None:
        """Unpack the zip as Gradescope does."""
        for name in ("source", "submission", "results"):
            (self.autograder / name).mkdir(parents=True)
        with zipfile.ZipFile(autograder_zip) as archive:
            archive.extractall(self.autograder / "source")
        script = self.autograder / "run_autograder"
        script.write_bytes((self.autograder / "source" / script.name).read_bytes())
        script.chmod(0o755)
        (self.autograder / "submission_metadata.json").write_text("{}")
        (self.autograder / "source" / "venv").symlink_to(sys.prefix)

    def hand_in(self, files: dict[str, str]) -> None:
        """Put a submission in the place of the one before."""
        for path in sorted((self.autograder / "submission").iterdir()):
            path.unlink()
        for name, text in files.items():
            (self.autograder / "submission" / name).write_text(text)

    def run(self, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run a command as root in the container, by default the autograder."""
        return container.run(
            self.autograder, self.var, list(arguments or ["/autograder/run_autograder"]), **options
        )

    def files(self) -> dict[str, bytes]:
        """All that lies in `/autograder`, but for the packages."""
        paths = [p for p in self.autograder.rglob("*") if p.is_file() and "venv" not in p.parts]
        return {str(path): path.read_bytes() for path in paths}

    def results(self) -> dict[str, Any]:
        """What results.json holds; it is taken away."""
        path = self.autograder / "results" / "results.json"
        content: dict[str, Any] = json.loads(path.read_text())
        path.unlink()
        return content


@pytest.fixture(scope="session")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `autograder gradescope` makes of a topic."""
    out = tmp_path_factory.mktemp("zip") / "autograder.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        command.main([str(out), TOPIC], standalone_mode=False)
    return out


@pytest.fixture(scope="session")
def machine(autograder_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    made = Machine(tmp_path_factory.mktemp("gradescope") / "autograder", var_of_machines(tmp_path_factory))
    made.install(autograder_zip)
    return made


def var_of_machines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `/var` that all share: what the chroot level lays out there takes seconds to copy."""
    var = tmp_path_factory.getbasetemp() / "var"
    if not var.exists():
        (var / "cache").mkdir(parents=True)
        fonts = var / "home" / ".cache" / "matplotlib"
        fonts.mkdir(parents=True)
        for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            (fonts / path.name).write_bytes(path.read_bytes())
    return var
