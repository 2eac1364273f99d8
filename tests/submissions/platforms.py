"""A tiny topic, and what platforms make of a class that hands in to it."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

REFERENCE = '''\
import numpy as np


def mean(x):
    """Return the mean of x."""
    ### BEGIN SOLUTION
    return float(np.sum(x) / x.size)
    ### END SOLUTION
'''

CHECKS = '''\
import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean(student):
    """The mean of three"""
    assert student.mean(np.array([1.0, 2.0, 6.0])) == 3.0


@pytest.mark.points(1)
def test_one(student):
    """The mean of one"""
    assert student.mean(np.array([7.0])) == 7.0
'''

BANK = """\
from autograder.variants import edit, misconception

misconception("sum-for-mean", hint="How many are there?", edits=[edit("mean", " / x.size", "")])
"""

RIGHT = b"import helper\n\ndef mean(x):\n    return helper.total(x) / len(x)\n"
HELPER = b"def total(x):\n    return float(sum(x))\n"
WRONG = b"def mean(x):\n    return float(sum(x))\n"

Files = Mapping[str, bytes]

#: What three students handed in: all right, with a second module; one point of three; nothing to grade.
CLASS: Mapping[str, Files] = {
    "ada": {"tiny.py": RIGHT, "helper.py": HELPER},
    "ben": {"tiny.py": WRONG},
    "cleo": {"notes.txt": b"I forgot the file."},
}


def zipped(files: Files) -> bytes:
    """A zip of these files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def unpacked(folder: Path, files: Files) -> Path:
    """A folder of these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def metadata(*students: tuple[str, str, str], history: int = 0, when: str = "2024-03-05 12:00:00.5 Z") -> str:
    """Lines on one submission in Gradescope's metadata; a student is name, sid and email."""
    lines = [":submitters:"]
    for name, sid, email in students:
        lines += [f"- :name: {name}", f"  :sid: '{sid}'", f"  :email: {email}"]
    lines += [f":created_at: {when}", ":score: 0.0", ":status: processed", ":history:"]
    for attempt in range(history):
        lines += [f"- :created_at: 2024-03-0{attempt + 1} 12:00:00 Z", "  :score: 0.0"]
    if not history:
        lines[-1] = ":history: []"
    return "\n".join(f"  {line}" for line in lines) + "\n"


CANVAS: Files = {
    "lovelaceada_101_9001_tiny-2.py": RIGHT,
    "lovelaceada_101_9002_helper.py": HELPER,
    "bitdiddleben_LATE_102_9003_homework.zip": zipped({"hw/tiny.py": WRONG}),
    "_103_9004_notes.txt": CLASS["cleo"]["notes.txt"],
}

MOODLE: Files = {
    "Ada Lovelace_21_assignsubmission_file/tiny.py": RIGHT,
    "Ada Lovelace_21_assignsubmission_file/helper.py": HELPER,
    "Ben Bitdiddle_22_assignsubmission_file_/homework.zip": zipped({"hw/tiny.py": WRONG}),
    "Cleo_23_assignsubmission_file/notes.txt": CLASS["cleo"]["notes.txt"],
}

MOODLE_FLAT: Files = {
    "Ada Lovelace_21_assignsubmission_file_tiny.py": RIGHT,
    "Ada Lovelace_21_assignsubmission_file_helper.py": HELPER,
    "Ben Bitdiddle_22_assignsubmission_file_tiny.py": WRONG,
    "Participant_23_assignsubmission_file_notes.txt": CLASS["cleo"]["notes.txt"],
}

GRADESCOPE: Files = {
    "assignment_7_export/submission_metadata.yml": (
        "---\nsubmission_1:\n"
        + metadata(("Ada Lovelace", "0041", "ada@example.edu"), history=2)
        + "submission_2:\n"
        + metadata(("Ben", "42", "ben@example.edu"))
        + "submission_3:\n"
        + metadata(("Cleo", "", ""))
    ).encode(),
    "assignment_7_export/submission_1/tiny.py": RIGHT,
    "assignment_7_export/submission_1/helper.py": HELPER,
    "assignment_7_export/submission_2/hw/tiny.py": WRONG,
    "assignment_7_export/submission_3/notes.txt": CLASS["cleo"]["notes.txt"],
}

NBGRADER: Files = {
    f"submitted/{student}/tiny/{name}": data
    for student, files in CLASS.items()
    for name, data in {**files, "timestamp.txt": b"2024-03-05 12:00:00.000000 UTC\n"}.items()
}

#: A download of each kind, and the names that its students get.
DOWNLOADS: Mapping[str, tuple[str, Files, list[str]]] = {
    "canvas": ("canvas", CANVAS, ["lovelaceada_101", "bitdiddleben_102", "103"]),
    "moodle": ("moodle", MOODLE, ["Ada Lovelace_21", "Ben Bitdiddle_22", "Cleo_23"]),
    "moodle-flat": ("moodle", MOODLE_FLAT, ["Ada Lovelace_21", "Ben Bitdiddle_22", "Participant_23"]),
    "gradescope": ("gradescope", GRADESCOPE, ["ada@example.edu", "ben@example.edu", "Cleo (submission_3)"]),
    "nbgrader": ("nbgrader", NBGRADER, ["ada", "ben", "cleo"]),
}
