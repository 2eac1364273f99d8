"""Finding the submissions of a class in a folder or zip: a folder, an archive or a file for each student.

Everything there is a student's, or is named in a note. A file is called like its student, as in `ada.py`, or
like student and assignment, as in `ada_losses.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from pathlib import Path

from autograder.errors import UserError
from autograder.submissions.download import Download, read_entries
from autograder.submissions.hand_in import Collection, HandIn, read_path
from autograder.submissions.names import folder_name, student_name
from autograder.submissions.rules import is_archive, without_ending

#: Endings of the files that may lie there without a folder.
_FILE = re.compile(r"\.(py|py\.txt|ipynb)$", re.IGNORECASE)
_WANTED = "one folder, archive or Python file per student"
#: How many names a note lists; more are only counted.
_MANY = 20


class _Kind(IntEnum):
    """What an entry is; of one student's, the first kind is graded."""

    FOLDER = 0
    ARCHIVE = 1
    FILE = 2
    EMPTY_FOLDER = 3


@dataclass(frozen=True)
class _Entry:
    """Something right in the class's folder, and whose it is."""

    name: str
    kind: _Kind
    student: str


def find_submissions(source: Path, module: str = "") -> Collection:
    """Return the submissions of a class, sorted by student, and a note on what is ignored.

    Args:
        source: a folder or zip that holds one folder, archive or Python file per student.
        module: name of the assignment's module; where it lies in `source` itself, that is one submission.

    Raises:
        UserError: there is no such folder or zip, or nothing in it could be a submission.
    """
    download = _class_in(source, module)
    own: dict[str, list[_Entry]] = {}
    ignored: dict[str, list[str]] = {}
    for name in download.entries():
        entry = _entry(download, name, module)
        if isinstance(entry, str):
            ignored.setdefault(entry, []).append(name)
        else:
            own.setdefault(entry.student, []).append(entry)
    if not own:
        raise UserError(f"there are no submissions in {source}; it must hold {_WANTED}")
    hand_ins = []
    for student, entries in sorted(own.items()):
        graded = _graded(entries)
        hand_ins.append(_hand_in(download, student, graded, module))
        for entry in entries:
            if entry not in graded:
                ignored.setdefault(f"{graded[0].name} is graded", []).append(entry.name)
    return Collection(hand_ins, _notes(ignored))


def _class_in(source: Path, module: str) -> Download:
    """Return the class's folder or zip; of a zip, the only folder in it unless that is a submission."""
    if not source.exists():
        raise UserError(f"there is no folder {source}; give the folder or zip that holds {_WANTED}")
    download = Download(source)
    if source.is_file() and f"{module}.py" not in download.unwrapped().entries():
        download = download.unwrapped()
    if module and f"{module}.py" in download.entries() and not download.is_folder(f"{module}.py"):
        raise UserError(
            f"{source} holds a file {module}.py, so it is one submission; give the folder above it"
        )
    return download


def _entry(download: Download, name: str, module: str) -> _Entry | str:
    """Return whose an entry is, or why it is nobody's."""
    if download.is_folder(name):
        kind = _Kind.EMPTY_FOLDER if download.is_empty(name) else _Kind.FOLDER
        return _Entry(name, kind, _fit(download, name, name))
    if is_archive(name):
        return _Entry(name, _Kind.ARCHIVE, _fit(download, name, without_ending(name)))
    if name == f"test_{module}.py":
        return "these are checks"
    if (stem := _FILE.sub("", name)) == name:
        return "neither a folder, an archive, a Python file nor a notebook"
    return _Entry(name, _Kind.FILE, folder_name(_without_topic(stem, module)))


def _fit(download: Download, name: str, student: str) -> str:
    """Return the student's name in a form that can name a folder: of a real folder, just that."""
    return student_name(download.source / name) if download.source.is_dir() else folder_name(student)


def _without_topic(stem: str, module: str) -> str:
    """Return `ada` of `ada_losses`, `ada-losses`, `losses ada` and `losses (ada)`."""
    topic = re.escape(module)
    rest = re.sub(rf"^{topic}[\s_.(-]+|[\s_.-]+{topic}$", "", stem, flags=re.IGNORECASE) if module else stem
    return (rest if "(" in rest else rest.rstrip(")")) or stem


def _graded(entries: Sequence[_Entry]) -> list[_Entry]:
    """Return what is graded of all that one student has there: one folder or archive, or all files."""
    first = min(entries, key=lambda entry: entry.kind)
    return [e for e in entries if e.kind == _Kind.FILE] if first.kind == _Kind.FILE else [first]


def _hand_in(download: Download, student: str, entries: Sequence[_Entry], module: str) -> HandIn:
    first = entries[0]
    if first.kind == _Kind.FILE:
        return HandIn(student, partial(read_entries, download, _as_modules(entries, module), {}))
    if download.source.is_dir():
        return HandIn(student, partial(read_path, download.source / first.name))
    inside = first.name if first.kind == _Kind.ARCHIVE else ""
    return HandIn(student, partial(read_entries, download, {first.name: inside}, {}))


def _as_modules(entries: Sequence[_Entry], module: str) -> dict[str, str]:
    """Return the files' names in the submission: the assignment's, except where two would have the same."""
    ends = [".ipynb" if entry.name.lower().endswith(".ipynb") else ".py" for entry in entries]
    return {
        entry.name: f"{module}{end}" if module and ends.count(end) == 1 else entry.name
        for entry, end in zip(entries, ends, strict=True)
    }


def _notes(ignored: dict[str, list[str]]) -> list[str]:
    """Return one line on all that is nobody's, with the reasons."""
    parts = []
    for why, names in ignored.items():
        listed = ", ".join(f"{name[:100]!a}" for name in names[:_MANY])
        more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
        parts.append(f"{listed}{more} ({why})")
    return [f"ignored: {'; '.join(parts)}"] if parts else []
