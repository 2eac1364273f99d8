"""Reading a submission that came as a zip, by the same rules as a folder."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from autograder.submissions.rules import MAX_FILE, MAX_FILES, MAX_TOTAL, UnreadableError, is_noise, refusal

__all__ = ["read_zip"]


def read_zip(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read the files that count, without unpacking anything to disk.

    Returns:
        Contents by relative name with forward slashes, and a sentence for each file that was refused.

    Raises:
        UnreadableError: it is no zip, is damaged or encrypted, or holds too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError(
            f"the zip can't be read ({error}); make it again and hand it in again"
        ) from error


def _read_members(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[str]]:
    members = [m for m in archive.infolist() if not m.is_dir()]
    if len(members) > MAX_FILES:
        raise UnreadableError(f"the zip holds more than {MAX_FILES} files; hand in less")
    files: dict[str, bytes] = {}
    refused: list[str] = []
    for member in sorted(members, key=lambda m: m.filename):
        name = PurePosixPath(member.filename)
        if is_noise(name):
            continue
        why = refusal(name) or _not_regular(member) or ("it is there twice" if str(name) in files else None)
        if why is None:
            content = _content(archive, member)
            if content is None:
                why = f"it is larger than {MAX_FILE // 2**20} MB"
            else:
                files[str(name)] = content
        if why:
            refused.append(f"{str(name)[:100]!a} was left out: {why}")
        if sum(map(len, files.values())) > MAX_TOTAL:
            raise UnreadableError(f"the zip holds more than {MAX_TOTAL // 2**20} MB; hand in less")
    return files, refused


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """Read at most what is allowed, whatever size the archive claims."""
    with archive.open(member) as opened:
        content = opened.read(MAX_FILE + 1)
    return None if len(content) > MAX_FILE else content


def _not_regular(member: zipfile.ZipInfo) -> str | None:
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "it is a link" if stat.S_ISLNK(mode) else "it is no regular file"
    return None
