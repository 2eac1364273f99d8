"""A class's folder, made of the rows, and what became of it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import Grade
from tests.door.row import Row
from tests.door.work import ROOT

__all__ = [
    "QUICK_CHECKS",
    "Outcome",
    "course_without_bank",
    "grade_folder",
    "misses",
    "sentence",
    "told",
    "write_class",
]

#: A few checks of `losses` that take a moment.
QUICK_CHECKS = Path(__file__).with_name("quick_checks.py")


@dataclass(frozen=True)
class Outcome:
    """What `autograder grade` left and printed.

    Attributes:
        grades: by student.
        printed: both streams, in one text.
        gradebook: the text of `grades.csv`.
    """

    grades: dict[str, Grade]
    printed: str
    gradebook: str


def write_class(folder: Path, rows: Iterable[Row]) -> None:
    """Lay all hand-ins out, a folder per student where they aren't loose; and what is nobody's."""
    for row in rows:
        top = folder if row.loose else folder / row.student
        top.mkdir(parents=True, exist_ok=True)
        for name, content in row.build().items():
            path = top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    (folder / "__MACOSX" / "ada").mkdir(parents=True)
    (folder / "__MACOSX" / "ada" / "._losses.py").write_bytes(b"\0\5\x16\7")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "grading-notes.txt").write_text("to be done by Friday\n")


def course_without_bank(folder: Path, checks: Path | None = None) -> Path:
    """The course, but with no bank of mistakes to compare with, which takes most of the time.

    Args:
        folder: where it goes.
        checks: those of `losses`; by default its own.
    """
    for part in ("solutions", "assignments"):
        shutil.copytree(
            ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "misconceptions.py")
        )
    if checks is not None:
        shutil.copy(checks, folder / "solutions" / "losses" / "test_losses.py")
    return folder


def grade_folder(folder: Path, topic: str, out: Path, *options: object, course: Path = ROOT) -> Outcome:
    """Run the real command over a class, in a course's folder."""
    arguments = ("--assignment", topic, "--out", out, "--seed", 0, "--jobs", 2, *options)
    ran = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", str(folder), *map(str, arguments)],
        cwd=course,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    grades = [Grade.from_json(path.read_text(encoding="utf-8")) for path in out.glob("*/grade.json")]
    book = out / "grades.csv"
    return Outcome(
        {grade.student: grade for grade in grades},
        ran.stdout + ran.stderr,
        book.read_text(encoding="utf-8") if book.is_file() else "",
    )


def told(grade: Grade) -> str:
    """All that a student reads."""
    return "\n".join([grade.feedback, *(c.feedback for c in grade.checks if c.verdict != "passed")])


def sentence(row: Row, grade: Grade) -> str:
    """What a student reads first, without numbers and names of files: what tells situations apart.

    A public check's text comes before a hidden one's, which says little on purpose.
    """
    failed = sorted((check for check in grade.checks if check.verdict != "passed"), key=lambda c: c.hidden)
    first = failed[0].feedback if failed else ""
    text = f"{grade.feedback} {first}".strip()
    for name in sorted(row.build(), key=len, reverse=True):
        text = text.replace(name, "FILE").replace(name.rpartition("/")[2], "FILE")
    return re.sub(r"[0-9]+", "#", text)


def noted(grade: Grade) -> str:
    """All that an instructor reads in a grade."""
    return "\n".join([told(grade), *grade.notes, *(check.details for check in grade.checks)])


def misses(row: Row, grade: Grade | None) -> list[str]:
    """Return what is not as the row wants it."""
    if grade is None:
        return [f"{row.student} has no row"]
    least, most = row.least_and_most
    read, all_read = told(grade).lower(), noted(grade).lower()
    return [
        *([f"verdict {grade.verdict}"] if grade.verdict != row.verdict else []),
        *([f"score {grade.score:g}"] if not least <= grade.score <= most else []),
        *(f"doesn't say {word!r}" for word in row.says if word.lower() not in read),
        *(f"says {word!r}" for word in row.never if word.lower() in read),
        *(f"doesn't note {word!r}" for word in row.notes if word.lower() not in all_read),
    ]
