"""Which file of a submission counts, where an instructor has said so: `--take`, remembered in `taken.csv`."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from autograder.cli.telling import say
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.submissions import HandIn
from autograder.submissions.rules import UnreadableError

_FILE = "taken.csv"
_HEADER = ("student", "file")


def with_taken(hand_ins: Sequence[HandIn], out: Path, given: Iterable[str]) -> list[HandIn]:
    """Return the submissions with the files that are to be taken for the module; remember these.

    Args:
        hand_ins: the class.
        out: the folder of its grades, where earlier choices are kept.
        given: choices of the command line, each `STUDENT=FILE`.

    Raises:
        UserError: there is no such student, or no such file in the submission.
    """
    by_student = {hand_in.student: hand_in for hand_in in hand_ins}
    chosen = dict(_split(text, by_student.keys()) for text in given)
    for student, file in chosen.items():
        if file not in (names := _names(by_student[student])):
            held = ", ".join(sorted(names)) or "nothing that can be read"
            raise UserError(f"{student} handed in no file {file!r}; the submission holds: {held}")
    remembered = _read(out / _FILE)
    if chosen:
        _write(out / _FILE, remembered | chosen)
    found = {s: file for s, file in remembered.items() if s in by_student and s not in chosen}
    for student, file in list(found.items()):
        if file not in _names(by_student[student]):
            say(f"{student}: {file!r} is no longer there, so {_FILE} has no say in it")
            del found[student]
    taken = found | chosen
    return [replace(hand_in, take=taken.get(hand_in.student, "")) for hand_in in hand_ins]


def _split(text: str, students: Iterable[str]) -> tuple[str, str]:
    """Return student and file; a student's name may hold an equals sign itself."""
    if "=" not in text:
        raise click.UsageError(f"--take {text}: it should be STUDENT=FILE.")
    found = [student for student in students if text.startswith(f"{student}=")]
    if not found:
        raise UserError(
            f"--take {text}: there is no student {text.partition('=')[0]!r} among the submissions"
        )
    student = max(found, key=len)
    return student, text.removeprefix(f"{student}=")


def _names(hand_in: HandIn) -> set[str]:
    try:
        return set(hand_in.read()[0])
    except UnreadableError:
        return set()


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    if rows.fieldnames is None or not set(_HEADER) <= set(rows.fieldnames):
        raise UserError(f"{path} should have the columns {' and '.join(_HEADER)}; mend it, or remove it")
    return {row["student"]: row["file"] for row in rows}


def _write(path: Path, taken: dict[str, str]) -> None:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerows([_HEADER, *sorted(taken.items())])
    write_atomically(path, text.getvalue())
