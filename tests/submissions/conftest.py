"""A course of one tiny topic, and a worker to grade with."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading.workers import local_workers
from tests.submissions.platforms import BANK, CHECKS, REFERENCE, Files, zipped


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    folder = tmp_path_factory.mktemp("course") / "solutions" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(REFERENCE)
    (folder / "test_tiny.py").write_text(CHECKS)
    (folder / "misconceptions.py").write_text(BANK)
    return find_assignment("tiny", folder.parent.parent)


@pytest.fixture(scope="session")
def worker() -> Iterator[Executor]:
    """A process of its own, as in real grading."""
    with local_workers(1) as executor:
        yield executor


@pytest.fixture
def as_zip(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes a download as the zip that it comes in."""

    def write(files: Files) -> Path:
        (tmp_path / "download.zip").write_bytes(zipped(files))
        return tmp_path / "download.zip"

    return write
