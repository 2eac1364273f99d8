"""The zip that Moodle makes for "Download all submissions", or the folder it was unpacked to.

It holds a folder `<full name>_<participant id>_assignsubmission_file` per student, in older versions with an
underscore at the end. If an instructor chose to download without folders, all files lie side by side, named
`<full name>_<participant id>_assignsubmission_file_<name of the file>`. In names Moodle writes a space for
each underscore. If students are anonymous, the name is `Participant`; if groups hand in, name and id are the
group's. Text that was typed into Moodle is under `assignsubmission_onlinetext`. Only the last attempt is in
the zip.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

from autograder.platforms.named_entries import NamedEntry, collect_named_entries, mostly_named
from autograder.platforms.reader import Reader
from autograder.submissions.download import Download, read_entries
from autograder.submissions.hand_in import Collection, HandIn, Person

# The first `_assignsubmission_` is Moodle's: the name before it can't contain one, and the file's name, which
# the student chooses, comes after it. Only the group of all who are in no group has no number.
_NAME = re.compile(
    r"(?P<name>.*?)(?:_(?P<id>[0-9]+))?_assignsubmission_(?P<plugin>file|onlinetext)_?(?P<file>.*)", re.DOTALL
)


@dataclass(frozen=True)
class MoodleEntry(NamedEntry):
    """What the name of a folder or file in the download says.

    Attributes:
        name: the student's full name, or the group's.
        participant: the number, as in the grading worksheet's `Participant 12`, or the group's; may be empty.
        file: the student's name for the file; empty for a folder.
    """

    name: str
    participant: str
    file: str


def parse_name(entry: str) -> MoodleEntry | None:
    """Return the parts of a name, or None if Moodle would not give it."""
    found = _NAME.fullmatch(entry)
    return found and MoodleEntry(entry, found["name"], found["id"] or "", found["file"])


def _collect(source: Path, topic: str) -> Collection:
    example = "Jane Doe_123_assignsubmission_file"
    return collect_named_entries(
        source, _entries, attrgetter("name", "participant"), _hand_in, "Moodle", example
    )


def _entries(names: Sequence[str]) -> list[MoodleEntry]:
    return [entry for name in names if (entry := parse_name(name))]


def _hand_in(download: Download, own: Sequence[MoodleEntry]) -> HandIn:
    name, participant = own[0].name, own[0].participant
    return HandIn(
        f"{name}_{participant}" if participant else name,
        partial(read_entries, download, {entry.entry: entry.file for entry in own}, {}),
        origin=", ".join(entry.entry for entry in own),
        person=Person("moodle", full_name=name, user_id=participant),
    )


READER = Reader(_collect, recognizes=partial(mostly_named, _entries))
