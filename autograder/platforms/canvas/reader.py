"""The zip that Canvas makes for "Download Submissions", or the folder it was unpacked to.

All files of a class lie side by side. They are named `<name>[_LATE]_<user id>_<file id>_<name of the file>`:
the name is the student's, last name first, in lower case without spaces, or the group's. If students are
anonymous, it is `[LATE_]anon_<five characters>_<file id>_<name of the file>`. The zip holds the last
submission of each student. Canvas numbers a file that a student hands in again under the same name: the third
`losses.py` is called `losses-2.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

from autograder.platforms.named_entries import NamedEntry, collect_named_entries, mostly_named
from autograder.platforms.reader import Reader
from autograder.submissions.download import Download, read_entries
from autograder.submissions.hand_in import Collection, Files, HandIn, Person
from autograder.submissions.rules import UnreadableError

_FILE = r"_(?:(?P<upload>[0-9]{1,20})_(?P<file>.+)|(?P<entry>(?:text|link)\.html))"
# The first number between underscores is the user's: Canvas removes such numbers from students' names, and
# the name of the file, which the student chooses, comes after it.
_NAMED = re.compile(r"(?P<name>.*?)(?P<late>_LATE)?_(?P<user>[0-9]{1,20})" + _FILE, re.DOTALL)
_ANONYMOUS = re.compile(r"(?P<late>LATE_)?(?P<user>anon_[0-9A-Za-z]{5})" + _FILE, re.DOTALL)
_NUMBERED = re.compile(r"(?P<stem>[^\W\d]\w*)-(?P<number>[0-9]{1,4})\.py")


@dataclass(frozen=True)
class CanvasFile(NamedEntry):
    """What the name of a file in the download says.

    Attributes:
        name: the student's or group's, as Canvas shortens it; empty for anonymous students.
        user: the user's id.
        late: whether the submission was late.
        upload: the file's id; later ones are higher.
        file: the student's name for it.
    """

    name: str
    user: str
    late: bool
    upload: int
    file: str

    @property
    def module(self) -> tuple[str, int]:
        """The file's name without the number that Canvas put into it, and that number; 0 without one."""
        numbered = _NUMBERED.fullmatch(self.file)
        return (f"{numbered['stem']}.py", int(numbered["number"])) if numbered else (self.file, 0)


def parse_name(entry: str, anonymous: bool = False) -> CanvasFile | None:
    """Return the parts of a name, or None if Canvas would not give it."""
    found = (_ANONYMOUS if anonymous else _NAMED).fullmatch(entry)
    if not found:
        return None
    parts = found.groupdict()
    return CanvasFile(
        entry=entry,
        name=parts.get("name", ""),
        user=parts["user"],
        late=bool(parts["late"]),
        upload=int(parts["upload"] or 0),
        file=parts["file"] or parts["entry"],
    )


def _collect(source: Path, topic: str) -> Collection:
    example = f"doejane_123_456_{topic}.py"
    return collect_named_entries(
        source, _files, attrgetter("user"), partial(_hand_in, topic), "Canvas", example
    )


def _files(entries: Sequence[str]) -> list[CanvasFile]:
    """Read the names as the form that most of them have; as anonymous if both forms fit equally many."""
    named = [file for entry in entries if (file := parse_name(entry))]
    anonymous = [file for entry in entries if (file := parse_name(entry, anonymous=True))]
    return named if len(named) > len(anonymous) else anonymous


def _hand_in(topic: str, download: Download, files: Sequence[CanvasFile]) -> HandIn:
    names = sorted({file.name for file in files})
    numbers = [number for name, number in (f.module for f in files) if name == f"{topic}.py"]
    first = files[0]
    return HandIn(
        "_".join(part for part in (names[0], first.user) if part),
        partial(_two_names, tuple(names)) if len(names) > 1 else _load(download, files),
        late=any(file.late for file in files),
        attempt=max(numbers) + 1 if numbers else None,
        origin=", ".join(file.entry for file in files),
        person=Person("canvas", full_name=names[0], user_id=first.user),
    )


def _load(download: Download, files: Iterable[CanvasFile]) -> "partial[Files]":
    """Return what reads the files; of files that get the same name, the last one counts."""
    last: dict[str, CanvasFile] = {}
    left_out: dict[str, str] = {}
    for file in sorted(files, key=lambda f: (f.module[1], f.upload)):
        name = file.module[0]
        if name in last:
            left_out[last[name].file] = f"{file.file} came later"
        last[name] = file
    return partial(read_entries, download, {file.entry: name for name, file in last.items()}, left_out)


def _two_names(names: Sequence[str]) -> Files:
    raise UnreadableError(
        f"files of {' and of '.join(f'{name[:40]!a}' for name in names[:3])} came under one user's number; "
        "look at the download to see whose they are"
    )


READER = Reader(_collect, recognizes=partial(mostly_named, _files))
