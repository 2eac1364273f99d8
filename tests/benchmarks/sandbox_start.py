"""What starting a sandbox costs, at every level of protection that this machine offers.

Cold: from nothing until the sandbox would answer, beside `python -c 'import numpy, msgpack'`, which is what
runs inside. Warm, as in grading a class: until a submission is loaded into a sandbox that is there, and until
a check's own process, forked and confined anew, has executed the student's module. Medians of runs in turn.
The bar is 10 ms in all where a warm process is reused.
"""

import statistics
import subprocess
import time
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.sandbox import interpreter
from autograder.sandbox.levels.choose import LEVELS
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.packages import site_folder
from autograder.sandbox.process import Sandbox

ROUNDS = 15
WARM_ROUNDS = 200
MODULE = {"work.py": b"import numpy as np\n\ndef f(x):\n    return x\n"}


def main() -> None:
    levels = [level for level in LEVELS if level.missing() is None]
    table = Table(title="milliseconds to start a sandbox (medians)")
    table.add_column("")
    for column in ("cold", "more than Python", "load a submission", "start a check"):
        table.add_column(column, justify="right")
    cold: dict[str, list[float]] = {name: [] for name in ("python", *(level.name for level in levels))}
    for _ in range(ROUNDS):
        cold["python"].append(_seconds(_python))
        for level in levels:
            cold[level.name].append(_start(level))
    python = statistics.median(cold["python"])
    table.add_row("python -c 'import numpy, msgpack'", _ms(python), "", "", "")
    for level in levels:
        started = statistics.median(cold[level.name])
        table.add_row(level.name, _ms(started), _ms(started - python), *map(_ms, _warm(level)))
    Console(width=110).print(table)


def _python() -> None:
    path = f"import sys; sys.path.append({str(site_folder())!r}); import numpy, msgpack"
    subprocess.run([str(interpreter.executable()), "-S", "-s", "-B", "-P", "-c", path], check=True)


def _start(level: Level) -> float:
    begun = time.perf_counter()
    with Sandbox(level, Limits()):
        return time.perf_counter() - begun


def _warm(level: Level) -> tuple[float, float]:
    """Return the median seconds for loading a submission, and for starting a check."""
    with Sandbox(level, Limits()) as sandbox:
        loads = [_seconds(lambda: sandbox.load(MODULE, "work")) for _ in range(WARM_ROUNDS)]
        checks = []
        for _ in range(WARM_ROUNDS):
            channel = SandboxChannel(sandbox, Budget.of(sandbox.limits))
            checks.append(_seconds(channel.open))
            channel.close()
            time.sleep(0.02)  # the next one is got ready while a check works
    return statistics.median(loads), statistics.median(checks)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"


if __name__ == "__main__":
    main()
