"""Reading a submission that came as an archive, by the same rules as a folder."""

import stat
from pathlib import Path

from autograder.submissions.archive import archive_entries
from autograder.submissions.gathering import Gathering
from autograder.submissions.rules import ArchiveError, UnreadableError


def read_archive(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count, without unpacking anything to disk.

    Returns:
        Contents by relative name with forward slashes, and a sentence for what was left out.

    Raises:
        UnreadableError: it is no archive, is damaged, or holds too much.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise UnreadableError("the submission is a link or a device, not an archive of its own")
    with Gathering() as gathering, path.open("rb") as file:
        try:
            entries = archive_entries(file, path.name, gathering.room)
        except ArchiveError as error:
            raise UnreadableError(f"{path.name!r} can't be graded: {error}") from error
        gathering.offer(entries)
        return gathering.take()
