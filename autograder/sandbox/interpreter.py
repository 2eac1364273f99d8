"""The interpreter of a sandboxed process: where it lies, and its arguments and environment."""

import os
import sys
from pathlib import Path

import autograder.sandbox.inside
from autograder.blas import ONE_THREAD

#: The first lines of a sandboxed process: find our code and the packages, then run the loop.
BOOT = "import sys; sys.path[:0] = sys.argv[2:4]; from inside.loop import main; main()"


def code_folder() -> Path:
    """Return the folder of our code that runs inside."""
    return Path(autograder.sandbox.inside.__file__).parent


def arguments(control: int, code: str, packages: str) -> list[str]:
    """Return the interpreter's arguments: no site-packages, no user folder, no bytecode files."""
    return ["-S", "-s", "-B", "-P", "-X", "utf8", "-c", BOOT, str(control), code, packages]


def executable() -> Path:
    """Return the interpreter itself, outside any virtual environment."""
    return Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))


def standard_library() -> Path:
    """Return the folder of the standard library."""
    return Path(os.__file__).resolve().parent


def environment(home: str) -> dict[str, str]:
    """Return the environment of every sandboxed process: fixed hash seed, one thread for BLAS, no display."""
    return {
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "PYTHONHASHSEED": "0",
        "TMPDIR": home,
        **ONE_THREAD,
    }
