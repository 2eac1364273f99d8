"""Reading a submission that came as a zip, by the same rules as a folder."""

import stat
import zipfile
from pathlib import Path

from autograder.submissions.gathering import Gathering
from autograder.submissions.rules import UnreadableError


def read_zip(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count, without unpacking anything to disk.

    Returns:
        Contents by relative name with forward slashes, and a sentence for each file that was refused.

    Raises:
        UnreadableError: it is no zip, is damaged or encrypted, or holds too much.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise UnreadableError("the submission is a link or a device, not a zip of its own")
    gathering = Gathering()
    try:
        with zipfile.ZipFile(path) as archive:
            gathering.offer_zip(archive)
    except UnreadableError:
        raise
    except Exception as error:  # the library raises many kinds at damaged archives
        raise UnreadableError(
            f"the zip can't be read ({error}); make it again and hand it in again"
        ) from error
    return gathering.files, gathering.refused
