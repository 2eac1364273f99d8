"""Run an assignment's checks on real modules, as at home, and print the verdicts.

`python home_run.py CHECKS SEED MODULE...` prints as JSON, for each module's folder, the verdicts of each
check.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

import autograder.plugin
from autograder.home.module import student_module
from autograder.home.summary import VERDICT_PROPERTY
from autograder.plugin import SEED
from autograder.seeds import NumberedSeed


class AtHome:
    """Gives the module itself, and takes down the verdicts."""

    def __init__(self, module: Path, seed: int):
        self.verdicts: dict[str, list[str]] = {}
        self._module = module
        self._seed = NumberedSeed(seed)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[SEED] = self._seed
        config.option.tbstyle = "native"

    @pytest.hookimpl(tryfirst=True)
    def pytest_autograder_open_student(self) -> Any:
        return student_module(self._module)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, value in report.user_properties:
            if name == VERDICT_PROPERTY and isinstance(value, tuple):
                check, _, _, verdict = value
                self.verdicts.setdefault(check, []).append(verdict)


def run(checks: str, seed: int, module: Path) -> dict[str, list[str]]:
    plugin = AtHome(module, seed)
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        pytest.main(
            ["--import-mode=importlib", "-q", "-pno:cacheprovider", checks],
            plugins=[autograder.plugin, plugin],
        )
    return plugin.verdicts


if __name__ == "__main__":
    # Ours is given; to look for others, pytest would read what all installed packages offer.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    checks, seed, *modules = sys.argv[1:]
    verdicts = {Path(m).parent.name: run(checks, int(seed), Path(m)) for m in modules}
    print(json.dumps(verdicts), flush=True)
    os._exit(0)
