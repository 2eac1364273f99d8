"""Downloads that lie flat: the name of each entry says whose it is."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from autograder.errors import UserError
from autograder.platforms.reader import collection
from autograder.submissions.download import Download
from autograder.submissions.hand_in import Collection, HandIn

__all__ = ["NamedEntry", "collect_named_entries"]


@dataclass(frozen=True)
class NamedEntry:
    """What the name of a file or folder in the download says.

    Attributes:
        entry: the name itself.
    """

    entry: str


Entry = TypeVar("Entry", bound=NamedEntry)


def collect_named_entries(
    source: Path,
    parse: Callable[[Sequence[str]], Sequence[Entry]],
    owner: Callable[[Entry], Hashable],
    hand_in: Callable[[Download, Sequence[Entry]], HandIn],
    platform: str,
    example: str,
) -> Collection:
    """Return the submissions in such a download.

    Args:
        source: the folder or zip. A folder around everything in it, such as unpacking adds, is left away.
        parse: reads the names; leaves out those that the platform does not give.
        owner: returns what differs from student to student, and is equal for the entries of one.
        hand_in: makes one student's submission of the student's entries.
        platform: its name, for people.
        example: a name that it gives, for people.

    Raises:
        UserError: no name is one of the platform's.
    """
    download = Download(source)
    found = parse(download.entries())
    if not found:
        download = download.unwrapped()
        found = parse(download.entries())
    if not found:
        raise UserError(
            f"{source} is no download of submissions from {platform}: nothing in it is named like {example}"
        )
    by_owner: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in found:
        by_owner[owner(entry)].append(entry)
    known = {entry.entry for entry in found}
    strange = [name for name in download.entries() if name not in known]
    return collection([hand_in(download, own) for own in by_owner.values()], strange)
