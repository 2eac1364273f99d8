"""What is particular to each platform: attempts, groups, names, and what is missing or odd in a download."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.platforms.registry import reader
from autograder.submissions import HandIn, Submission, read_submission
from tests.submissions.platforms import DOWNLOADS, RIGHT, WRONG, Files, metadata, unpacked, zipped
from tests.submissions.running import autograder

Read = Callable[[str, Files], dict[str, tuple[HandIn, Submission]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a download; returns what each student handed in."""

    def collected(kind: str, files: Files) -> dict[str, tuple[HandIn, Submission]]:
        found = reader(kind).collect(unpacked(tmp_path / "download", files), "tiny").hand_ins
        return {h.student: (h, read_submission(h, "tiny")) for h in found}

    return collected


@pytest.mark.parametrize("name", ["canvas", "moodle", "moodle-flat", "gradescope"])
@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_a_folder_around_everything_is_looked_into(name: str, packed: bool, tmp_path: Path) -> None:
    kind, files, students = DOWNLOADS[name]
    wrapped = {f"around/{n.removeprefix('assignment_7_export/')}": data for n, data in files.items()}
    wrapped["__MACOSX/._around"] = wrapped[".DS_Store"] = b""
    source = unpacked(tmp_path / "download", wrapped)
    if packed:
        source = tmp_path / "download.zip"
        source.write_bytes(zipped(wrapped))
    found = reader(kind).collect(source, "tiny")
    assert sorted(h.student for h in found.hand_ins) == sorted(students)
    assert found.notes == []
    assert not read_submission(found.hand_ins[1], "tiny").problem


# Canvas.


def test_of_one_modules_numbers_the_highest_counts_and_the_others_are_named(read: Read) -> None:
    found = read(
        "canvas", {"doe_5_30_tiny-1.py": b"2nd", "doe_5_20_tiny.py": b"1st", "doe_5_40_tiny-10.py": b"11th"}
    )
    hand_in, submission = found["doe_5"]
    assert submission.files == {"tiny.py": b"11th"}
    assert hand_in.attempt == 11
    assert submission.refused == (
        "'tiny.py' was left out: tiny-1.py came later",
        "'tiny-1.py' was left out: tiny-10.py came later",
    )


def test_of_equal_numbers_the_later_upload_counts(read: Read) -> None:
    _, submission = read("canvas", {"doe_5_100_tiny.py": b"new", "doe_5_99_tiny.py": b"old"})["doe_5"]
    assert submission.files == {"tiny.py": b"new"}


def test_a_loose_module_comes_before_one_in_a_zip(read: Read) -> None:
    files = {"doe_5_1_tiny.py": b"loose", "doe_5_2_old.ZIP": zipped({"tiny.py": b"zipped"})}
    _, submission = read("canvas", files)["doe_5"]
    assert submission.files["tiny.py"] == b"loose"


def test_typed_text_is_no_module(read: Read) -> None:
    hand_in, submission = read("canvas", {"doe_LATE_5_text.html": b"<p>hello</p>"})["doe_5"]
    assert hand_in.late
    assert "there is no file tiny.py" in submission.problem


def test_two_names_of_one_user_are_not_mixed(read: Read) -> None:
    """A student who is called `x_5` must not hand in for user 5."""
    found = read("canvas", {"doe_5_1_tiny.py": b"", "x_5_123_9_tiny.py": b"", "roe_6_2_tiny.py": b"1"})
    assert "files of 'doe' and of 'x' came under one user's number" in found["doe_5"][1].problem
    assert not found["roe_6"][1].problem


def test_anonymous_students_have_no_number(read: Read) -> None:
    found = read("canvas", {"LATE_anon_aB3xY_8_tiny.py": b"1", "anon_12345_9_tiny.py": b"2"})
    assert {s: (h.late, h.person.user_id) for s, (h, _) in found.items()} == {
        "anon_aB3xY": (True, "anon_aB3xY"),
        "anon_12345": (False, "anon_12345"),
    }


# Moodle.


def test_two_of_one_name_are_two(read: Read) -> None:
    found = read(
        "moodle",
        {"Jo_1_assignsubmission_file/tiny.py": b"1", "Jo_2_assignsubmission_file/tiny.py": b"2"},
    )
    assert {s: dict(sub.files) for s, (_, sub) in found.items()} == {
        "Jo_1": {"tiny.py": b"1"},
        "Jo_2": {"tiny.py": b"2"},
    }


def test_typed_text_belongs_to_the_files(read: Read) -> None:
    found = read(
        "moodle",
        {
            "Jo_1_assignsubmission_onlinetext/onlinetext.html": b"<p>",
            "Jo_1_assignsubmission_file/tiny.py": b"1",
            "All others_assignsubmission_file/tiny.py": b"2",
        },
    )
    assert set(found) == {"Jo_1", "All others"}
    assert set(found["Jo_1"][1].files) == {"tiny.py", "onlinetext.html"}
    assert found["All others"][0].person.user_id == ""


def test_a_folder_of_the_students_own_does_not_count_as_anothers(read: Read) -> None:
    inner = "Eve_2_assignsubmission_file/Ann_1_assignsubmission_file/tiny.py"
    found = read("moodle", {"Ann_1_assignsubmission_file/tiny.py": b"Ann's", inner: b"Eve's"})
    assert found["Ann_1"][1].files == {"tiny.py": b"Ann's"}
    assert found["Eve_2"][1].files == {"tiny.py": b"Eve's"}


# Gradescope.


def test_time_attempt_and_people(read: Read) -> None:
    found = read("gradescope", DOWNLOADS["gradescope"][1])
    hand_in, _ = found["ada@example.edu"]
    assert (hand_in.submitted, hand_in.attempt) == ("2024-03-05T12:00:00.500000+00:00", 3)
    assert hand_in.person.sis_id == "0041"
    assert found["ben@example.edu"][0].attempt == 1


@pytest.mark.long
def test_members_of_a_group_get_one_grade(tiny: Assignment, tmp_path: Path) -> None:
    group = metadata(("Ada", "1", "ada@x.edu"), ("Ben", "2", "ben@x.edu"))
    source = unpacked(
        tmp_path / "export",
        {"submission_metadata.yml": f"submission_9:\n{group}".encode(), "submission_9/tiny.py": WRONG},
    )
    course, out = tiny.folder.parent.parent, tmp_path / "out"
    done = autograder(course, "grade", source, "--from", "gradescope", "--assignment", "tiny", "--out", out)
    assert done.returncode == 0, done.stderr
    runs = [(out / student / "run.json").read_text() for student in ("ada@x.edu", "ben@x.edu")]
    assert runs[0] == runs[1], "timings differ where one submission is graded twice"
    grades = [json.loads((out / s / "grade.json").read_text()) for s in ("ada@x.edu", "ben@x.edu")]
    assert [(g.pop("student"), g["score"]) for g in grades] == [("ada@x.edu", 1), ("ben@x.edu", 1)]
    assert grades[0] == grades[1]


def test_of_two_submissions_of_one_student_the_later_counts(read: Read) -> None:
    ada = ("Ada", "1", "ada@x.edu")
    text = (
        f"submission_1:\n{metadata(ada, when='2024-03-09 10:00:00 +01:00', history=1)}"
        f"submission_2:\n{metadata(ada, when='2024-03-09 09:30:00 Z')}"
    )
    files = {
        "submission_metadata.yml": text.encode(),
        "submission_1/tiny.py": b"1",
        "submission_2/tiny.py": b"2",
    }
    hand_in, submission = read("gradescope", files)["ada@x.edu"]
    assert (hand_in.origin, hand_in.attempt, submission.files) == ("submission_2", 3, {"tiny.py": b"2"})


def test_what_metadata_and_folders_disagree_on_is_graded_all_the_same(read: Read) -> None:
    text = f"submission_1:\n{metadata(('Ada', '1', 'ada@x.edu'))}submission_3:\n  :submitters: []\n"
    files = {
        "submission_metadata.yml": text.encode(),
        "submission_2/tiny.py": RIGHT,
        "submission_3/tiny.py": WRONG,
    }
    found = read("gradescope", files)
    assert "submission_1 is missing in the export" in found["ada@x.edu"][1].problem
    assert found["(submission_2)"][1].files == {"tiny.py": RIGHT}
    assert found["(submission_3)"][1].files == {"tiny.py": WRONG}


def test_rubys_tags_are_read_as_plain_data(read: Read) -> None:
    text = """\
submission_1: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
  :submitters:
  - !ruby/object:Submitter
    :name: =
    :sid: !ruby/object:BigDecimal 18:0.7e1
    :email: ada@x.edu
  :created_at: !ruby/object:ActiveSupport::TimeWithZone 2024-03-05 12:00:00 Z
"""
    found = read("gradescope", {"submission_metadata.yml": text.encode(), "submission_1/tiny.py": b"1"})
    assert found["ada@x.edu"][1].files == {"tiny.py": b"1"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "submission_1: text",
        "submission_1: {:created_at: 2024-99-99}",
        "a: [unclosed",
        "a: &a\n  b: *a\n  ? [x]\n  : *a",
        "!!python/object/apply:os.system ['touch hacked']",
        "[" * 5000,
        "\x00",
    ],
)
def test_damaged_metadata_is_one_clear_line(text: str, tmp_path: Path) -> None:
    source = unpacked(tmp_path, {"submission_metadata.yml": text.encode(), "submission_1/tiny.py": b"1"})
    with pytest.raises(UserError, match=r"submission_metadata\.yml in .* export it again") as raised:
        reader("gradescope").collect(source, "tiny")
    assert len(str(raised.value).splitlines()) == 1


# nbgrader.


def test_only_this_topic_counts_and_the_timestamp_is_no_file(read: Read) -> None:
    found = read("nbgrader", {**DOWNLOADS["nbgrader"][1], "submitted/dora/other/tiny.py": b""})
    assert set(found) == {"ada", "ben", "cleo"}
    assert set(found["ada"][1].files) == {"tiny.py", "helper.py"}
    assert found["ada"][0].submitted == "2024-03-05 12:00:00.000000 UTC"


def test_an_archive_in_what_was_collected_is_opened(read: Read) -> None:
    files = {
        "submitted/ada/tiny/hw.zip": zipped({"hw/tiny.py": RIGHT}),
        "submitted/ada/tiny/timestamp.txt": b"",
    }
    assert read("nbgrader", files)["ada"][1].files == {"tiny.py": RIGHT}


def test_nothing_handed_in_is_one_clear_line(tmp_path: Path) -> None:
    source = unpacked(tmp_path, {"submitted/dora/other/tiny.py": b""})
    with pytest.raises(UserError, match="nothing was handed in for tiny"):
        reader("nbgrader").collect(source, "tiny")


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(UserError, match="canvas, folder, gradescope, moodle, nbgrader"):
        reader("blackboard")
