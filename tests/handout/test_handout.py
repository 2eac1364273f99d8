"""What a class gets: one folder and its zip, with nothing secret, and only in the place of another one."""

import zipfile
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.errors import UserError
from autograder.handout import Handout, make_handout

ROOT = Path(__file__).resolve().parents[2]
TOPIC = find_assignment("losses", ROOT)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Handout:
    return make_handout(tmp_path_factory.mktemp("made") / "course", [TOPIC])


@pytest.fixture
def copy(made: Handout, tmp_path: Path) -> Path:
    """A handout as it was made, in a place of its own."""
    with zipfile.ZipFile(made.archive) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "course.zip").write_bytes(made.archive.read_bytes())
    return tmp_path / "course"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_it_holds_the_wheel_the_topic_and_how_to_begin(made: Handout) -> None:
    topic = {f"losses/{path.name}" for path in TOPIC.released.iterdir() if path.is_file()}
    assert set(files_in(made.folder)) == {made.wheel, "requirements.txt", "README.md", *topic}
    assert (made.folder / "requirements.txt").read_text() == f"./{made.wheel}\n"
    assert made.wheel in (made.folder / "README.md").read_text()


def test_the_zip_holds_the_same_in_one_folder(made: Handout, copy: Path) -> None:
    assert [path.name for path in copy.parent.iterdir() if path.is_dir()] == ["course"]
    assert files_in(copy) == files_in(made.folder)


@pytest.mark.long
def test_an_earlier_one_is_replaced_by_the_same_bytes(made: Handout, copy: Path) -> None:
    again = make_handout(copy, [TOPIC])
    assert again.archive.read_bytes() == made.archive.read_bytes()
    assert files_in(copy) == files_in(made.folder)


@pytest.mark.parametrize("name", ["losses/losses.py", "notes.txt", "losses/.venv/pyvenv.cfg"])
def test_what_was_worked_on_or_added_is_not_lost(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("mine")
    before = files_in(copy)
    with pytest.raises(UserError, match="is no part of a handout"):
        make_handout(copy, [TOPIC])
    assert files_in(copy) == before


def test_a_folder_of_somebody_elses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "README.md").write_text("mine")
    with pytest.raises(UserError, match="is no part of a handout"):
        make_handout(tmp_path / "course", [TOPIC])
    assert not (tmp_path / "course.zip").exists()


@pytest.mark.parametrize("as_zip", [True, False])
def test_a_file_in_the_place_of_the_zip_is_refused(tmp_path: Path, as_zip: bool) -> None:
    other = tmp_path / "course.zip"
    if as_zip:
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("photos/cat.txt", "cat")
    else:
        other.write_text("mine")
    before = other.read_bytes()
    with pytest.raises(UserError, match="is no handout"):
        make_handout(tmp_path / "course", [TOPIC])
    assert other.read_bytes() == before
    assert not (tmp_path / "course").exists()


def test_a_topic_that_was_changed_by_hand_is_not_handed_out(tmp_path: Path) -> None:
    """Somebody may have solved it there."""
    for part in ("solutions", "assignments"):
        folder = tmp_path / part / "losses"
        folder.mkdir(parents=True)
        for path in (ROOT / part / "losses").iterdir():
            if path.is_file():
                (folder / path.name).write_bytes(path.read_bytes())
    (tmp_path / "assignments" / "losses" / "losses.py").write_bytes(TOPIC.reference.read_bytes())
    with pytest.raises(UserError, match="autograder build losses"):
        make_handout(tmp_path / "out", [find_assignment("losses", tmp_path)])
    assert not (tmp_path / "out").exists()
