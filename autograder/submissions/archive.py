"""Reading a submission that came as a zip, by the same rules as a folder."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from autograder.submissions.rules import MAX_FILE, MAX_FILES, MAX_TOTAL, UnreadableError, is_noise, refusal

__all__ = ["read_zip"]

#: The bit of a member's flags that says so.
_ENCRYPTED = 1


def read_zip(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count, without unpacking anything to disk.

    Returns:
        Contents by relative name with forward slashes, and a sentence for each file that was refused.

    Raises:
        UnreadableError: it is no zip, is damaged or encrypted, or holds too much.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise UnreadableError("the submission is a link or a device, not a zip of its own")
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_members(archive)
    except UnreadableError:
        raise
    except Exception as error:  # the library raises many kinds at damaged archives
        raise UnreadableError(
            f"the zip can't be read ({error}); make it again and hand it in again"
        ) from error


def _read_members(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[str]]:
    members = [m for m in archive.infolist() if not m.is_dir()]
    if len(members) > MAX_FILES:
        raise UnreadableError(f"the zip holds more than {MAX_FILES} files; hand in less")
    files: dict[str, bytes] = {}
    refused: list[str] = []
    total = 0
    for member in sorted(members, key=lambda m: m.filename):
        name = PurePosixPath(member.filename)
        if is_noise(name):
            continue
        why = refusal(name) or _unfit(member) or _in_the_way(name, files)
        if why:
            refused.append(f"{str(name)[:100]!a} was left out: {why}")
            continue
        total += member.file_size
        if total > MAX_TOTAL:
            raise UnreadableError(f"the zip holds more than {MAX_TOTAL // 2**20} MB; hand in less")
        files[str(name)] = archive.read(member)  # no more than the size that it claims
    return files, refused


def _in_the_way(name: PurePosixPath, files: dict[str, bytes]) -> str | None:
    if str(name) in files:
        return "it is there twice"
    return "it lies in a file" if any(str(parent) in files for parent in name.parents) else None


def _unfit(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if member.file_size > MAX_FILE:
        return f"it is larger than {MAX_FILE // 2**20} MB"
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "it is a link" if stat.S_ISLNK(mode) else "it is no regular file"
    return None
