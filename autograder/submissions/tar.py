"""What is in a tar, read from its beginning to its end and once only, since most are packed as a whole."""

import tarfile
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from autograder.submissions.entry import Entry
from autograder.submissions.names import placed, refusal
from autograder.submissions.rules import (
    MAX_FILE,
    MAX_LISTED,
    MAX_PACKED,
    MAX_TOTAL,
    ArchiveError,
    is_archive,
    is_noise,
    is_source,
    megabytes,
    packages_above,
)

#: Bytes that a tar may unpack to, whether they are kept or passed over.
MAX_UNPACKED = 500 * 2**20
#: Bytes of a header; one with a long name or many attributes has some thousand.
_MAX_HEADER = 2**20
_HEADERS = {
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
}


def tar_entries(file: BinaryIO) -> list[Entry]:
    """Return the files in a tar; those that may count are held in memory.

    Nothing is written to disk, and links are not followed, so there is nothing that the filters of `tarfile`
    would have to refuse.

    Raises:
        ArchiveError: it holds too much.
        Exception: it is damaged.
    """
    entries: list[Entry] = []
    room = _Room()
    with tarfile.open(fileobj=cast(BinaryIO, _Bounded(file)), mode="r|", tarinfo=_Header) as archive:
        for member in archive:
            if not member.isdir():
                entries.append(_entry(archive, member, room))
            if len(entries) > MAX_LISTED:
                raise ArchiveError(f"it holds more than {MAX_LISTED} files")
    return entries


class _Room:
    """How much more may be held, by what it is."""

    def __init__(self) -> None:
        self._left = {"source": MAX_TOTAL, "archive": MAX_PACKED, "other": MAX_FILE}

    def take(self, path: PurePosixPath, size: int) -> bool:
        """Whether there is room for one more."""
        kind = "source" if is_source(path) else "archive" if is_archive(path.name) else "other"
        if size > self._left[kind] or is_noise(path) or packages_above(path, set()):
            return False
        self._left[kind] -= size
        return True


def _entry(archive: tarfile.TarFile, member: tarfile.TarInfo, room: _Room) -> Entry:
    name = member.name
    unfit = _unfit(member)
    too_large = member.size > (MAX_PACKED if is_archive(name) else MAX_FILE)
    if unfit is None and refusal(name) is None and not too_large and room.take(placed(name), member.size):
        content = archive.extractfile(member)
        assert content is not None  # it is a regular file
        return Entry.held(name, content.read())
    return Entry(name, member.size, _not_held, unfit or (None if too_large else "there was no room for it"))


def _not_held() -> BinaryIO:
    raise ArchiveError("it is too large to be held")


def _unfit(member: tarfile.TarInfo) -> str | None:
    if member.issym() or member.islnk():
        return "it is a link"
    return None if member.isreg() else "it is no regular file"


class _Header(tarfile.TarInfo):
    """A header that isn't read where it claims to be larger than any honest one."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        header = super().frombuf(buf, encoding, errors)
        if header.type in _HEADERS and header.size > _MAX_HEADER:
            raise ArchiveError(f"a header in it is larger than {megabytes(_MAX_HEADER)}")
        return header


class _Bounded:
    """A stream that ends with an error where it is longer than any honest one."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self._left = MAX_UNPACKED

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        content = self._file.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise ArchiveError(f"it unpacks to more than {megabytes(MAX_UNPACKED)}")
        return content
