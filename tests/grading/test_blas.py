"""Every process that grades computes with one thread of BLAS."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from threadpoolctl import threadpool_info

from autograder.blas import ONE_THREAD
from autograder.grading.workers import local_workers

LOOK = "import numpy, threadpoolctl; print(max(p['num_threads'] for p in threadpoolctl.threadpool_info()))"
CHECK = """
import click, sys
import autograder.cli

@click.command()
def command():
    {look}

sys.modules["autograder.cli.check"] = type(sys)("check")
sys.modules["autograder.cli.check"].command = command
sys.argv = ["autograder", "check"]
autograder.cli.main()
"""


def threads(code: str, folder: Path) -> int:
    """Run Python with four threads asked for, where nobody sets another number; return what it prints."""
    environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "4")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def pools() -> list[Any]:
    """Return NumPy's pools of threads, as a task in a worker."""
    import numpy as np

    assert np.ones(2).sum() == 2
    return threadpool_info()


@pytest.mark.skipif(os.cpu_count() == 1, reason="BLAS has one thread there anyhow")
def test_what_is_looked_at_shows_the_threads(tmp_path: Path) -> None:
    assert threads(LOOK, tmp_path) > 1


def test_in_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ONE_THREAD:
        monkeypatch.setenv(name, "4")
    with local_workers(1) as workers:
        found = workers.submit(pools).result()
    assert {p["num_threads"] for p in found} == {1}


def test_in_the_command(tmp_path: Path) -> None:
    assert threads(CHECK.format(look=LOOK), tmp_path) == 1


@pytest.mark.parametrize(
    "module",
    ["autograder.grading", "autograder.platforms.gradescope.run", "autograder.platforms.otter.on_gradescope"],
)
def test_in_a_process_that_grades_one(module: str, tmp_path: Path) -> None:
    assert threads(f"import {module}; {LOOK}", tmp_path) == 1


@pytest.mark.unmeasured
def test_in_nbgraders_process(tmp_path: Path) -> None:
    """nbgrader's application is imported before it reads the course's file."""
    setting = (
        "import nbgrader.apps, traitlets.config; from autograder.platforms.nbgrader import configure;"
        "configure(traitlets.config.Config(), 'nbgrader_config.py', '.')"
    )
    assert threads(f"{setting}; {LOOK}", tmp_path) == 1
