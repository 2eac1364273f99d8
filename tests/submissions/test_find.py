"""A class's folder or zip: everything in it is a student's, or is named as ignored."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.submissions import Submission, find_submissions, read_submission
from autograder.submissions.hand_in import Collection
from tests.submissions.platforms import Files, unpacked, zipped

RIGHT = b"answer = 42\n"


def as_folder(where: Path, files: Files) -> Path:
    return unpacked(where / "class", files)


def as_zip(where: Path, files: Files) -> Path:
    (where / "class.zip").write_bytes(zipped(files))
    return where / "class.zip"


@pytest.fixture(params=[as_folder, as_zip], ids=["folder", "zip"])
def find(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Files], Collection]:
    """Finds the submissions of a class that lies in a folder, or in a zip."""
    return lambda files: find_submissions(request.param(tmp_path, files), "losses")


Find = Callable[[Files], Collection]


def read(found: Collection) -> dict[str, Submission]:
    return {h.student: read_submission(h, "losses") for h in found.hand_ins}


def test_folders_archives_and_files_are_students(find: Find) -> None:
    found = find(
        {
            "zoe/losses.py": RIGHT,
            "adam.ZIP": zipped({"hw/losses.py": RIGHT}),
            "ben.py": RIGHT,
            "carla_losses.py": RIGHT,
            "Losses-dora.PY": RIGHT,
            "losses (eve).py.txt": RIGHT,
        }
    )
    assert list(read(found)) == ["adam", "ben", "carla", "dora", "eve", "zoe"]
    assert [one.files for one in read(found).values()] == [{"losses.py": RIGHT}] * 6
    assert found.notes == []


def test_archives_of_any_kind_are_students(find: Find) -> None:
    found = find(dict.fromkeys(["a.rar", "b.7z", "c.tar.gz", "d.tgz", "e.TAR", "f.zip"], b""))
    assert [h.student for h in found.hand_ins] == list("abcdef")


def test_a_notebook_may_lie_there_loose(find: Find) -> None:
    (hand_in,) = find({"ada.ipynb": b"{}"}).hand_ins
    assert (hand_in.student, hand_in.load()) == ("ada", ({"losses.ipynb": b"{}"}, []))


def test_what_is_nobodys_is_named_in_one_line(find: Find) -> None:
    found = find(
        {
            "ada/losses.py": RIGHT,
            "notes.txt": b"",
            "plan.pdf": b"",
            "test_losses.py": b"",
            ".DS_Store": b"",
            "__MACOSX/ada/._losses.py": b"",
        }
    )
    assert [h.student for h in found.hand_ins] == ["ada"]
    assert found.notes == [
        "ignored: 'notes.txt', 'plan.pdf' (neither a folder, an archive, a Python file nor a notebook); "
        "'test_losses.py' (these are checks)"
    ]


def test_many_names_are_counted(find: Find) -> None:
    found = find({"ada.py": RIGHT, **{f"{n:02}.txt": b"" for n in range(25)}})
    assert "'19.txt' and 5 more (" in found.notes[0]


def test_of_one_students_folder_and_archive_the_folder_is_graded(find: Find) -> None:
    found = find({"ada/losses.py": RIGHT, "ada.zip": zipped({"losses.py": b"old"}), "ada.py": b"older"})
    assert read(found)["ada"].files == {"losses.py": RIGHT}
    assert found.notes == ["ignored: 'ada.py', 'ada.zip' (ada is graded)"]


def test_an_empty_folder_does_not_hide_an_archive(find: Find) -> None:
    found = find({"ada/.keep": b"", "ada.zip": zipped({"losses.py": RIGHT})})
    assert read(found)["ada"].files == {"losses.py": RIGHT}


def test_an_empty_folder_is_a_student(find: Find) -> None:
    assert [h.student for h in find({"ada/.keep": b"", "ben.py": RIGHT}).hand_ins] == ["ada", "ben"]


def test_of_two_files_of_one_student_none_is_guessed(find: Find) -> None:
    (hand_in,) = find({"ada.py": b"1", "ada_losses.py": b"2", "losses ada.ipynb": b"3"}).hand_ins
    assert hand_in.load()[0] == {"ada.py": b"1", "ada_losses.py": b"2", "losses.ipynb": b"3"}


@pytest.mark.parametrize("around", ["", "class/"])
def test_a_folder_around_all_in_a_zip_is_looked_into(around: str, tmp_path: Path) -> None:
    files = {f"{around}{n}": RIGHT for n in ("ada/losses.py", "ben/losses.py")}
    found = find_submissions(as_zip(tmp_path, {**files, "__MACOSX/._class": b""}), "losses")
    assert [h.student for h in found.hand_ins] == ["ada", "ben"]


def test_the_only_student_in_a_zip_is_no_folder_around_all(tmp_path: Path) -> None:
    found = find_submissions(as_zip(tmp_path, {"ada/losses.py": RIGHT, "ada/data.csv": b""}), "losses")
    assert [h.student for h in found.hand_ins] == ["ada"]


def test_an_empty_folder_in_a_zip_is_a_student(tmp_path: Path) -> None:
    found = find_submissions(as_zip(tmp_path, {"ada/": b"", "ben/losses.py": RIGHT}), "losses")
    assert [h.student for h in found.hand_ins] == ["ada", "ben"]


def test_names_in_a_zip_are_made_fit_for_folders(tmp_path: Path) -> None:
    found = find_submissions(as_zip(tmp_path, {"a\u202eb/losses.py": RIGHT, "taken.csv/losses.py": RIGHT}))
    assert [h.student for h in found.hand_ins] == ["a_b", "taken.csv_"]


def test_one_submission_is_no_class(find: Find) -> None:
    with pytest.raises(UserError, match=r"holds a file losses\.py, so it is one submission"):
        find({"losses.py": RIGHT})


def test_no_class_at_all(find: Find, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no submissions in"):
        find({"readme.txt": b""})
    with pytest.raises(UserError, match="there is no folder"):
        find_submissions(tmp_path / "nowhere")


def test_what_is_no_zip_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(b"no zip")
    with pytest.raises(UserError, match="neither a folder nor a zip that can be read"):
        find_submissions(tmp_path / "class.zip")


@pytest.mark.parametrize(
    "names",
    [
        ("ada/losses.py", "ada", "ben/losses.py"),
        ("./ada/losses.py", "ada/x.py", "ben/losses.py"),
        ("/ada/losses.py", "/ben//losses.py"),
        ("ada\\losses.py", "ben\\losses.py"),
    ],
)
def test_students_in_a_zip_are_known_however_their_paths_are_written(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    found = find_submissions(as_zip(tmp_path, dict.fromkeys(names, RIGHT)), "losses")
    assert [hand_in.student for hand_in in found.hand_ins] == ["ada", "ben"]
    assert all("losses.py" in hand_in.load()[0] for hand_in in found.hand_ins)
    assert found.notes == []
