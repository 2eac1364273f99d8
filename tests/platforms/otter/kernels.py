"""Kernels that start in a moment: forked from a process that has imported what otter's kernels import.

They are ordinary kernels all the same; importing otter-grader anew would take each of them seconds.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Mapping
from typing import Any

PRELOADED = ["ipykernel.kernelapp", "otter", "otter.execute", "otter.test_files"]


class ForkedKernel:
    """What jupyter_client wants of a process that it has started."""

    stdin = stdout = stderr = None

    def __init__(self, process: multiprocessing.process.BaseProcess):
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, signal: int) -> None:
        assert self.pid is not None
        os.kill(self.pid, signal)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


def launch_kernel(
    cmd: list[str], *, cwd: str | None = None, env: Mapping[str, str], **_: Any
) -> ForkedKernel:
    """Take the place of jupyter_client's function of that name."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=_kernel, args=(cmd[3:], cwd or os.getcwd(), dict(env)), daemon=True)
    process.start()
    assert process.pid is not None
    while os.getpgid(process.pid) != process.pid:  # else signals for its group would go to ours
        time.sleep(0.01)
    return ForkedKernel(process)


def _kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    from ipykernel import kernelapp

    os.setsid()
    os.chdir(folder)
    os.environ.update(environment)
    sys.path.insert(0, "")  # as `python -m` has it
    kernelapp.IPKernelApp.launch_instance(argv=arguments)
