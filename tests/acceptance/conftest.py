"""The sample class of one topic, and a few members of that of another, which is graded sooner."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.variants.sample_class import sample_class as make_sample_class
from autograder.variants.sample_class import write_sample_class

ROOT = Path(__file__).resolve().parents[2]

#: One of each kind, for runs that are made several times.
FEW = (
    "reference",
    "misconception-weights-all-zero",
    "broken-os-exit",
    "broken-syntax-error",
    "broken-no-file",
)


@pytest.fixture(scope="session")
def losses() -> Assignment:
    return find_assignment("losses", ROOT)


@pytest.fixture(scope="session")
def initialization() -> Assignment:
    return find_assignment("initialization", ROOT)


@pytest.fixture(scope="session")
def sample_class(losses: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    write_sample_class(folder, losses.name, make_sample_class(losses))
    return folder


@pytest.fixture
def few(initialization: Assignment, tmp_path: Path) -> Path:
    """A class with one member of each kind."""
    return write_few(tmp_path / "few", initialization)


def write_few(folder: Path, assignment: Assignment) -> Path:
    members = make_sample_class(assignment)
    write_sample_class(folder, assignment.name, {name: members[name] for name in FEW})
    return folder


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "autograder", *map(str, arguments)]


@pytest.fixture
def autograder() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs the real command in the course's folder."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command(*arguments), cwd=ROOT, capture_output=True, text=True, env=os.environ, check=False
        )

    return run
