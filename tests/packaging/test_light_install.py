"""What students use needs only the light install, and nothing that Windows or macOS lacks."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# POSIX-only modules that Python's own library does without on Windows.
POSIX = ["fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"]
INSTRUCTOR = [
    "build",
    "distributed",
    "IPython",
    "jupytext",
    "msgpack",
    "nbformat",
    "nbgrader",
    "rich",
    "scipy",
]
INSTRUCTOR += ["sklearn", "hypothesis", "coverage", "xdist"]

# Takes the place of a machine that lacks them: importing one fails, also where it was imported before.
BLOCK = f"""\
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {POSIX + INSTRUCTOR}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

for name in {POSIX}:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Absent())
"""

MEAN = "def mean(x):\n    return x.mean()\n"
CHECKS = '''\
import numpy as np
import pytest
from autograder import assert_gradient
from autograder.checks import assert_close


@pytest.mark.points(2)
def test_mean(student, rng):
    """A mean"""
    x = rng.standard_normal((3, 4))
    assert_close(student.mean(x), np.sum(x) / 12, what="mean")
    assert_gradient(student.mean.over(0, x), x, np.full((3, 4), 1 / 12), rng=rng)
'''


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # The plugins that only developers install must not load themselves either.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-c", BLOCK + code]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_block_works(tmp_path: Path):
    for module in ("fcntl", "rich", "nbgrader.preprocessors"):
        assert "ModuleNotFoundError" in run(f"import {module}", tmp_path).stderr


@pytest.mark.parametrize(
    "module",
    [
        "autograder",
        "autograder.plugin",
        "autograder.checks",
        "autograder.checks.notebook",
        "autograder.notebook",
        "autograder.plots",
        "autograder.gradients",
        "autograder.data",
        "autograder.cli.pack",
    ],
)
def test_modules_for_students_import(tmp_path: Path, module: str):
    result = run(f"import {module}", tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("solution", "passes"), [(MEAN, True), (MEAN.replace("mean()", "sum()"), False)])
def test_a_student_runs_the_checks(tmp_path: Path, solution: str, passes: bool):
    (tmp_path / "means.py").write_text(solution)
    (tmp_path / "test_means.py").write_text(CHECKS)
    result = run("import pytest; sys.exit(pytest.main(['-p', 'autograder.plugin']))", tmp_path)
    assert result.returncode == (0 if passes else 1), result.stdout + result.stderr
    assert ("1 passed" if passes else "1 failed") in result.stdout


def test_matplotlib_is_loaded_only_when_something_is_drawn(tmp_path: Path):
    code = "import autograder, autograder.plugin, sys; assert 'matplotlib' not in sys.modules"
    assert run(code, tmp_path).returncode == 0


def test_the_light_install_is_these_four_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {requirement.partition(">")[0] for requirement in project["dependencies"]}
    assert names == {"click", "matplotlib", "numpy", "pytest"}
