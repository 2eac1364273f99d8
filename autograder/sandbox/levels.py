"""Levels of protection: how a sandboxed process is started, and what each level promises."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import autograder.sandbox.inside

__all__ = ["BOOT", "Launch", "Level", "base_environment", "boot_arguments", "inside_folder", "interpreter"]

#: The first lines of a sandboxed process: find our code and the packages, then run the loop.
BOOT = "import sys; sys.path[:0] = sys.argv[2:4]; from inside.loop import main; main()"


@dataclass(frozen=True)
class Launch:
    """How to start one sandboxed process.

    Attributes:
        command: program and arguments.
        environment: all of its environment variables.
        submission: where the process sees the submission's files.
        packages: where it sees the allowed packages.
        home: a folder that it may write to.
        fonts: where it sees Matplotlib's list of fonts, if there is one.
        folder: the working directory to start the command in.
    """

    command: list[str]
    environment: dict[str, str]
    submission: str
    packages: str
    home: str
    fonts: str | None
    folder: Path


class Level(Protocol):
    """One way of starting a process for students' code."""

    name: str
    #: Whether it is a security boundary.
    safe: bool

    def missing(self) -> str | None:
        """Return why this machine can't offer the level, or None when it can."""

    def launch(self, submission: Path, home: Path, control: int) -> Launch:
        """Return how to start a process.

        Args:
            submission: folder with the submission's files.
            home: an empty folder, private to this process.
            control: descriptor of the control socket, which the process inherits.
        """


def inside_folder() -> Path:
    """Return the folder of our code that runs inside."""
    return Path(autograder.sandbox.inside.__file__).parent


def boot_arguments(control: int, code: str, packages: str) -> list[str]:
    """Return the interpreter's arguments: no site-packages, no user folder, no bytecode files."""
    return ["-S", "-s", "-B", "-P", "-X", "utf8", "-c", BOOT, str(control), code, packages]


def interpreter() -> Path:
    """Return the interpreter itself, outside any virtual environment."""
    return Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))


def base_environment(home: str) -> dict[str, str]:
    """Return the environment of every sandboxed process: fixed hash seed, one thread for BLAS, no display."""
    return {
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "TMPDIR": home,
    }
