"""One worker makes nbgrader's course, and runs all tests that look at it."""

from pathlib import Path

import pytest

from tests.scheduling import FOLDERS, FilesAndFolders


@pytest.fixture
def scheduling(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> FilesAndFolders:
    monkeypatch.setattr(pytestconfig.option, "tx", ["2*popen"], raising=False)
    return FilesAndFolders(pytestconfig)


def test_files_of_one_folder_go_together(scheduling: FilesAndFolders) -> None:
    nodes = [
        "nbgrader/test_week.py::test_a",
        "nbgrader/test_leaks.py::test_b[x::y]",
        "otter/test_run.py::test_c",
    ]
    week, leaks, otter = (scheduling._split_scope(f"tests/platforms/{node}") for node in nodes)
    assert week == leaks
    assert otter == "tests/platforms/otter/test_run.py"


def test_the_folders_are_there() -> None:
    assert all((Path(__file__).parents[1] / folder).is_dir() for folder in FOLDERS)
