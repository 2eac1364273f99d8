"""Whatever platform a class came through, its grades are those of the same files in plain folders."""

import json
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.grading import Grade, grade_submissions
from autograder.platforms.registry import reader, reader_kinds, recognized
from autograder.submissions import HandIn, read_submission
from autograder.verdicts import SubmissionVerdict
from tests.submissions.platforms import CLASS, DOWNLOADS, Files, unpacked, zipped
from tests.submissions.running import autograder


@pytest.fixture(scope="session")
def plain(tiny: Assignment, worker: Executor, tmp_path_factory: pytest.TempPathFactory) -> list[Grade]:
    """The grades of the class from plain folders."""
    folder = tmp_path_factory.mktemp("plain")
    paths = [unpacked(folder / student, files) for student, files in CLASS.items()]
    grades = grade_submissions(paths, tiny, worker)
    assert [(g.score, g.verdict) for g in grades] == [
        (3, SubmissionVerdict.GRADED),
        (1, SubmissionVerdict.GRADED),
        (0, SubmissionVerdict.UNREADABLE),
    ]
    return grades


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
@pytest.mark.parametrize("name", DOWNLOADS)
def test_a_class_has_the_grades_of_plain_folders(
    name: str, packed: bool, plain: list[Grade], tiny: Assignment, worker: Executor, tmp_path: Path
) -> None:
    kind, files, students = DOWNLOADS[name]
    source = unpacked(tmp_path / "download", files)
    if packed and kind != "nbgrader":
        source = tmp_path / "download.zip"
        source.write_bytes(zipped(files))
    collected = reader(kind).collect(source, "tiny")
    assert collected.notes == []
    assert sorted(h.student for h in collected.hand_ins) == sorted(students)
    by_student = {h.student: h for h in collected.hand_ins}
    grades = grade_submissions([by_student[s] for s in students], tiny, worker)
    assert [g.to_json() for g in grades] == [
        replace(g, student=student).to_json() for g, student in zip(plain, students, strict=True)
    ]


def test_every_kind_is_tested() -> None:
    assert set(reader_kinds()) == {kind for kind, _, _ in DOWNLOADS.values()} | {"folder"}


@pytest.mark.parametrize("around", ["", "around/"])
@pytest.mark.parametrize("name", DOWNLOADS)
def test_a_download_is_recognized(name: str, around: str, tmp_path: Path) -> None:
    kind, files, _ = DOWNLOADS[name]
    source = unpacked(
        tmp_path / "download", files if kind == "nbgrader" else {f"{around}{n}": c for n, c in files.items()}
    )
    if kind != "gradescope" or not around:  # whose folder is around all already
        assert recognized(source, "tiny") == kind


def test_a_plain_class_is_of_no_platform(tmp_path: Path) -> None:
    """Also where a name or two could be one of Canvas's."""
    files = {f"{student}/{name}": data for student, own in CLASS.items() for name, data in own.items()}
    source = unpacked(tmp_path / "class", {**files, "ada_1_2_3/tiny.py": b"", "submitted/tiny.py": b""})
    assert recognized(source, "tiny") is None


@pytest.mark.parametrize("name", DOWNLOADS)
def test_hand_ins_travel(name: str, tmp_path: Path) -> None:
    kind, files, _ = DOWNLOADS[name]
    for hand_in in reader(kind).collect(unpacked(tmp_path, files), "tiny").hand_ins:
        copy = pickle.loads(pickle.dumps(hand_in))
        assert copy == hand_in
        assert read_submission(copy, "tiny") == read_submission(hand_in, "tiny")


# The command.


@pytest.mark.long
def test_late_flags_attempts_and_identities_are_kept(tiny: Assignment, tmp_path: Path) -> None:
    course, out = tiny.folder.parent.parent, tmp_path / "out"
    (tmp_path / "class.zip").write_bytes(zipped({**DOWNLOADS["canvas"][1], "readme.txt": b""}))
    grade = ("grade", tmp_path / "class.zip", "--from", "canvas", "--assignment", "tiny", "--out", out)
    first = autograder(course, *grade)
    assert first.returncode == 0, first.stderr
    assert "'readme.txt' in the download belongs to no student" in first.stderr
    table = (out / "grades.csv").read_text()
    assert table.splitlines()[:3] == [
        "student,score,max_score,verdict,needs_a_look,late,test_mean,test_one",
        "103,0,3,unreadable,yes,no,0,0",
        "bitdiddleben_102,1,3,graded,no,yes,0,1",
    ]
    about = json.loads((out / "lovelaceada_101" / "submission.json").read_text())
    assert about == {
        "late": False,
        "attempt": 3,
        "origin": "lovelaceada_101_9001_tiny-2.py, lovelaceada_101_9002_helper.py",
        "person": {"platform": "canvas", "full_name": "lovelaceada", "user_id": "101"},
    }
    assert "late" not in (out / "bitdiddleben_102" / "grade.json").read_text()
    (out / "bitdiddleben_102" / "submission.json").unlink()
    again = autograder(course, *grade)
    assert "3 of 3 are graded already" in again.stderr
    assert (out / "grades.csv").read_text() == table
    assert json.loads((out / "bitdiddleben_102" / "submission.json").read_text())["late"]


@pytest.mark.long
def test_grades_have_a_place_in_a_course_of_nbgrader(tiny: Assignment, tmp_path: Path) -> None:
    course = tiny.folder.parent.parent
    source = unpacked(tmp_path / "course", DOWNLOADS["nbgrader"][1])
    done = autograder(course, "grade", source, "--from", "nbgrader", "--assignment", "tiny")
    assert done.returncode == 2
    assert "nbgrader_config.py, so no gradebook to write to; the grades are kept" in done.stderr
    out = source / "autograder-grades" / "tiny"
    assert (
        (out / "grades.csv").read_text().startswith("student,score,max_score,verdict,needs_a_look,test_mean")
    )
    assert json.loads((out / "ada" / "submission.json").read_text())["submitted"].startswith("2024-03-05")


def test_without_a_place_for_grades_the_command_says_so(tiny: Assignment, tmp_path: Path) -> None:
    source = unpacked(tmp_path, DOWNLOADS["canvas"][1])
    done = autograder(tiny.folder.parent.parent, "grade", source, "--from", "canvas", "--assignment", "tiny")
    assert done.returncode == 2
    assert "Missing option '--out'" in done.stderr


# What is none of this kind, or hostile.


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("gradescope", "is no Gradescope export: submission_metadata.yml is missing"),
        ("canvas", "is no download of submissions from Canvas"),
        ("moodle", "is no download of submissions from Moodle"),
        ("nbgrader", "there is no folder submitted/ in it"),
    ],
)
def test_the_wrong_kind_is_one_clear_line(kind: str, words: str, tmp_path: Path) -> None:
    for name, files in {"plain": {"ada/tiny.py": b""}, "other": {"a.py": b"", "b_1_x": b""}}.items():
        with pytest.raises(UserError, match=words) as raised:
            reader(kind).collect(unpacked(tmp_path / name, files), "tiny")
        assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("kind", ["canvas", "moodle", "gradescope"])
@pytest.mark.parametrize(
    "content", [None, b"", b"no zip", zipped({"a": b"1"})[:-9]], ids=["missing", "empty", "no zip", "cut"]
)
def test_what_is_no_download_is_one_clear_line(kind: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "class.zip").write_bytes(content)
    with pytest.raises(UserError, match=r"class\.zip") as raised:
        reader(kind).collect(tmp_path / "class.zip", "tiny")
    assert len(str(raised.value).splitlines()) == 1


def hand_ins(kind: str, source: Path) -> dict[str, HandIn]:
    return {h.student: h for h in reader(kind).collect(source, "tiny").hand_ins}


def test_hostile_zips_cost_only_those_who_sent_them(as_zip: Callable[[Files], Path]) -> None:
    hostile = {
        "bomb": zipped({"tiny.py": b"1", "bomb": bytes(60 * 2**20)}),
        "climb": zipped({"tiny.py": b"1", "../../tiny.py": b"2", "/etc/passwd": b"3"}),
        "many": zipped({f"m{i}.py": b"" for i in range(10_000)}),
        "broken": zipped({"tiny.py": b"1"})[:-9],
        "nested": zipped({"inner.zip": zipped({"tiny.py": b"1"})}),
        "odd\x07name": zipped({"tiny.py": b"1", "a\nb.py": b"2"}),
    }
    names = {f"{who}_{i}_7_work.zip": data for i, (who, data) in enumerate(hostile.items())}
    source = as_zip({**names, "honest_99_7_tiny.py": b"1"})
    found = {s: read_submission(h, "tiny") for s, h in hand_ins("canvas", source).items()}
    assert found["honest_99"].files == {"tiny.py": b"1"}
    assert found["bomb_0"].files == {"tiny.py": b"1"}
    assert found["bomb_0"].refused == ("'work.zip/bomb' was left out: it is larger than 10 MB",)
    assert found["climb_1"].files == {"tiny.py": b"1"}
    assert len(found["climb_1"].refused) == 2
    assert "more than 1000 Python files" in found["many_2"].problem
    assert "there is no file tiny.py" in found["broken_3"].problem
    assert "can't be read as an archive" in found["broken_3"].refused[0]
    assert found["nested_4"].files == {"tiny.py": b"1"}
    assert set(found) == {"honest_99", "bomb_0", "climb_1", "many_2", "broken_3", "nested_4", "odd_name_5"}
    assert len(found["odd_name_5"].refused) == 1


def test_one_damaged_member_costs_only_its_student(as_zip: Callable[[Files], Path]) -> None:
    source = as_zip({"ada_1_7_tiny.py": b"print(1)" * 9, "ben_2_8_tiny.py": b"print(2)" * 9})
    content = bytearray(source.read_bytes())
    content[content.index(b"ada_1_7_tiny.py") + 20] ^= 0xFF
    source.write_bytes(content)
    found = {s: read_submission(h, "tiny") for s, h in hand_ins("canvas", source).items()}
    assert "there is no file tiny.py" in found["ada_1"].problem
    assert "'tiny.py' was left out: it can't be read" in found["ada_1"].refused[0]
    assert not found["ben_2"].problem


def test_an_encrypted_member_is_refused(as_zip: Callable[[Files], Path]) -> None:
    source = as_zip({"ada_1_7_tiny.py": b"1"})
    content = bytearray(source.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    source.write_bytes(content)
    (submission,) = (read_submission(h, "tiny") for h in hand_ins("canvas", source).values())
    assert "'tiny.py' was left out: it needs a password" in submission.refused[0]


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        link = zipfile.ZipInfo("Ada_1_assignsubmission_file/tiny.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (submission,) = (read_submission(h, "tiny") for h in hand_ins("moodle", tmp_path / "class.zip").values())
    assert submission.refused == ("'tiny.py' was left out: it is a link",)


def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    source = unpacked(tmp_path / "class", {"Ada_1_assignsubmission_file/notes.txt": b""})
    (source / "Ada_1_assignsubmission_file" / "tiny.py").symlink_to("/etc/passwd")
    (source / "Ben_2_assignsubmission_file").symlink_to("/etc")
    os.mkfifo(source / "Cleo_3_assignsubmission_file_tiny.py")
    found = {s: read_submission(h, "tiny") for s, h in hand_ins("moodle", source).items()}
    assert found["Ada_1"].refused == ("'tiny.py' was left out: it is a link",)
    assert "is a link" in found["Ben_2"].problem
    assert found["Cleo_3"].refused == ("'tiny.py' was left out: it is no regular file",)


def test_zips_of_zips_are_bounded(as_zip: Callable[[Files], Path]) -> None:
    """Each may be opened, but not all of them."""
    large = zipped({"x": b""}) + bytes(60 * 2**20)
    source = as_zip({**{f"ada_1_{i}_{i}.zip": large for i in range(3)}, "ada_1_9_tiny.py": b"1"})
    (submission,) = (read_submission(h, "tiny") for h in hand_ins("canvas", source).values())
    assert submission.files["tiny.py"] == b"1"
    assert sum("the archives are larger than 100 MB" in why for why in submission.refused) == 2
