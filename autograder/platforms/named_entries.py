"""Downloads without a list of students: the name of each entry says whose it is."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from autograder.errors import UserError
from autograder.platforms.reader import collection
from autograder.submissions.download import Download
from autograder.submissions.hand_in import Collection, HandIn


@dataclass(frozen=True)
class NamedEntry:
    """What the name of a file or folder in the download says.

    Attributes:
        entry: the name itself.
    """

    entry: str


Entry = TypeVar("Entry", bound=NamedEntry)


def mostly_named(parse: Callable[[Sequence[str]], Sequence[NamedEntry]], source: Path, topic: str) -> bool:
    """Return whether most of what is in a folder or zip, or in the only folder in it, has such a name.

    Args:
        parse: as for `collect_named_entries`.
        source: the folder or zip.
        topic: not looked at, since platforms name no topic.
    """
    download = Download(source)
    views = (download.entries(), download.unwrapped().entries())
    return any(2 * len(parse(names)) > len(names) for names in views)


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
        source: the folder or zip. If all of it is in one folder, as after unpacking, that folder is read.
        parse: reads the names, and leaves out those that are not in the platform's form.
        owner: returns a value that tells the entry's student from the others.
        hand_in: makes one student's submission from the student's entries.
        platform: its name, for the error message.
        example: an entry's name in its form, for the error message.

    Raises:
        UserError: no entry has a name in the platform's form.
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
