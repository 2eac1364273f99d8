"""Signs that the code in a folder may be somebody else's."""

import os
from pathlib import Path

import pytest

from autograder.home.whose import doubts


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return student(tmp_path, "ada", "work")


def student(folder: Path, name: str, topic: str) -> Path:
    """Make a folder with a topic's checks and module."""
    (folder / name).mkdir()
    (folder / name / f"test_{topic}.py").write_text("")
    (folder / name / f"{topic}.py").write_text("")
    return folder / name


def test_ones_own_work_beside_other_topics_is_beyond_doubt(own: Path, tmp_path: Path) -> None:
    student(tmp_path, "play", "game")
    (tmp_path / "work.py").write_text("")
    (tmp_path / "play" / "work.py").write_text("")  # the later topic imports the earlier one
    assert doubts(own) == []


@pytest.mark.parametrize("checks", [True, False])
def test_a_class_is_recognized(own: Path, tmp_path: Path, checks: bool) -> None:
    ben = student(tmp_path, "ben", "work")
    if not checks:
        (ben / "test_work.py").unlink()
    (doubt,) = doubts(own)
    assert "ben" in doubt
    assert "`autograder grade`, which runs it in a sandbox" in doubt


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owners here")
def test_another_users_folder_is_recognized(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: own.stat().st_uid + 1)
    (doubt,) = doubts(own)
    assert "belongs to another user" in doubt


def test_where_one_may_not_look_nothing_is_said(tmp_path: Path) -> None:
    assert doubts(tmp_path / "nowhere") == []
