"""Worker processes, and what a signal does to them."""

import os
import subprocess
import sys

import pytest

#: Sends Ctrl-C to itself and to its workers as soon as there are any, long before they can have got ready.
SCRIPT = """
import os, signal
from autograder.grading.workers import local_workers

signal.signal(signal.SIGINT, lambda *_: None)
with local_workers(2) as workers:
    result = workers.submit(os.getpid)
    os.killpg(0, signal.SIGINT)
    print("done" if result.result() != os.getpid() else "not in a process of its own")
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no process groups here")
def test_ctrl_c_while_workers_start_is_for_the_command_alone():
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        check=False,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=120,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "done\n", "")
