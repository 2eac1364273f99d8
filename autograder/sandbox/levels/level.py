"""Levels of protection: how a sandboxed process is started, and what each level promises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder.sandbox.limits import Limits
from autograder.sandbox.uids import Account


@dataclass(frozen=True)
class Confinement:
    """What a sandboxed process gives up by itself before anything else.

    Attributes:
        become: whether it changes to the launch's account, and thereby from root.
        root: the folder that it locks itself into, if any.
        landlock: files and folders that it may read, list and write to, where all others are to be denied.
    """

    become: bool = False
    root: str | None = None
    landlock: tuple[list[str], list[str], list[str]] | None = None


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
        account: the user that the processes are to have, where it is not the grader's own.
        confinement: what the process itself does to that end.
        limits: resource limits that depend on the level.
    """

    command: list[str]
    environment: dict[str, str]
    submission: str
    packages: str
    home: str
    fonts: str | None
    folder: Path
    account: Account | None = None
    confinement: Confinement = Confinement()
    limits: Mapping[str, int] = field(default_factory=dict)


class Level(Protocol):
    """One way of starting a process for students' code."""

    name: str
    #: Where it stands among the levels, from the best, 1, to the one that protects least.
    rank: int
    #: Whether it is a security boundary.
    safe: bool

    def missing(self) -> str | None:
        """Return why this machine can't offer the level, or None when it can."""

    def place(self) -> Path | None:
        """Return the folder in which sandboxes keep their files, None for the system's own temporary one."""

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        """Return how to start a process.

        Args:
            submission: folder with the submission's files.
            home: an empty folder, private to this process.
            control: descriptor of the control socket, which the process inherits.
            limits: what the process may use.
        """
