"""What `autograder pack` says is inside is what is graded, whatever way it was handed in."""

import json
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submission
from autograder.grading.wanted import wanted_for
from autograder.home.packing import pack
from autograder.platforms.registry import reader
from autograder.submissions import read_submission
from tests.submissions.platforms import CHECKS, HELPER, REFERENCE, RIGHT, Files, metadata, unpacked

WORK: Files = {
    "tiny.py": RIGHT,
    "helper.py": HELPER,
    "tiny.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked(tmp_path / "work", WORK)


@pytest.fixture
def tiny(tmp_path: Path) -> Assignment:
    course = {"solutions/tiny/tiny.py": REFERENCE.encode(), "solutions/tiny/test_tiny.py": CHECKS.encode()}
    return find_assignment("tiny", unpacked(tmp_path / "course", course))


def test_the_code_stands_in_the_grade(folder: Path, tiny: Assignment) -> None:
    code = pack(folder / "tiny.py").code
    grade = grade_submission(folder / "tiny-hand-in.zip", tiny, seed=0)
    assert grade.score == grade.max_score
    assert json.loads(grade.to_json())["code"] == code


def test_the_code_is_the_same_on_whatever_way_it_is_handed_in(
    folder: Path, tiny: Assignment, tmp_path: Path
) -> None:
    code = pack(folder / "tiny.py").code
    upload = (folder / "tiny-hand-in.zip").read_bytes()
    about = ("---\nsubmission_1:\n" + metadata(("Ada", "41", "ada@example.edu"))).encode()
    unzipped = {f"assignment_7_export/submission_1/{name}": content for name, content in WORK.items()}
    ways: list[tuple[str, Files]] = [
        ("folder", {f"ada/{name}": content for name, content in WORK.items()}),
        ("folder", {"ada.zip": upload}),
        ("canvas", {"lovelaceada_101_9001_tiny-hand-in.zip": upload}),
        ("canvas", {"lovelaceada_101_9002_tiny-hand-in-1.zip": upload}),
        ("moodle", {"Ada Lovelace_21_assignsubmission_file/tiny-hand-in.zip": upload}),
        ("moodle", {"Ada Lovelace_21_assignsubmission_file_tiny-hand-in.zip": upload}),
        ("gradescope", {"assignment_7_export/submission_metadata.yml": about, **unzipped}),
    ]
    wanted = wanted_for(tiny)
    for number, (kind, files) in enumerate(ways):
        source = unpacked(tmp_path / f"download-{number}", files)
        (handed_in,) = reader(kind).collect(source, "tiny").hand_ins
        assert (kind, read_submission(handed_in, wanted).code) == (kind, code)


def test_a_windows_file_has_the_code_of_its_own_bytes(folder: Path, tiny: Assignment) -> None:
    (folder / "tiny.py").write_bytes(b"\xef\xbb\xbf" + RIGHT.replace(b"\n", b"\r\n"))
    code = pack(folder / "tiny.py").code
    assert read_submission(folder / "tiny-hand-in.zip", wanted_for(tiny)).code == code
