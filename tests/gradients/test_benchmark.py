"""The benchmark's short form: no bug missed, no false alarm, causes named."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.unmeasured
@pytest.mark.long
def test_ours_misses_nothing_and_never_cries_wolf():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.benchmarks.gradients", "--quick"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
