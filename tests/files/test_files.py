"""Whoever looks finds the old content or all of the new."""

from pathlib import Path

import pytest

from autograder.files import replace_folder, write_atomically


@pytest.mark.parametrize("content", ["second", b"second"])
def test_writing_replaces_the_whole_file(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "file.json"
    write_atomically(path, "a long first text")
    with path.open() as reader:
        write_atomically(path, content)
        assert reader.read() == "a long first text"  # who had opened it still reads all of the old one
    assert path.read_text() == "second"
    assert [p.name for p in tmp_path.iterdir()] == ["file.json"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_the_mode_is_the_files(tmp_path: Path) -> None:
    write_atomically(tmp_path / "secret", b"s", mode=0o600)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_lines_end_as_given_and_a_lone_surrogate_is_escaped(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", "ä\r\n\ud800")
    assert (tmp_path / "file").read_bytes() == "ä\r\n\\ud800".encode()


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(OSError, match=r".*"):
        write_atomically(path, "text")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder that holds `old`."""
    target = tmp_path / "target"
    target.mkdir()
    (target / "old").write_text("old")
    return target


def test_a_folder_that_is_not_there_is_made_with_its_parents(tmp_path: Path) -> None:
    with replace_folder(tmp_path / "above" / "target") as fresh:
        (fresh / "new").write_text("new")
    assert names(tmp_path) == ["above", "above/target", "above/target/new"]


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path, target: Path) -> None:
    with replace_folder(target) as fresh:
        (fresh / "new").write_text("new")
        assert names(target) == ["old"]
    assert names(tmp_path) == ["target", "target/new"]


def test_an_exception_leaves_the_old_folder_and_nothing_else(tmp_path: Path, target: Path) -> None:
    with pytest.raises(FileNotFoundError), replace_folder(target) as fresh:
        (fresh / "not there" / "new").write_text("new")
    assert names(tmp_path) == ["target", "target/old"]


def test_an_exchange_that_fails_half_way_is_undone(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if path.name == "fresh":
            raise OSError("the disk is gone")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="the disk is gone"), replace_folder(target):
        pass
    assert names(tmp_path) == ["target", "target/old"]
