"""What is in a tar, read from its beginning to its end and once only, since most are packed as a whole."""

import tarfile
from typing import BinaryIO, cast

from autograder.submissions.entry import Entry
from autograder.submissions.paths import placed
from autograder.submissions.room import Room
from autograder.submissions.rules import (
    MAX_FILE,
    MAX_LISTED,
    MAX_PACKED,
    ArchiveError,
    is_archive,
    is_noise,
    megabytes,
    packages_above,
)

#: Bytes of a header, and of all; one with a long name or many attributes has some thousand. They take the
#: library some hundred times as long as content.
_MAX_HEADER, _MAX_HEADERS = 2**20, 16 * 2**20
_HEADERS = {
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
}


def tar_entries(file: BinaryIO, room: Room) -> list[Entry]:
    """Return the files in a tar; those that may count are held in memory.

    Nothing is written to disk, and links are not followed, so there is nothing that the filters of `tarfile`
    would have to refuse.

    Raises:
        ArchiveError: it holds too much.
        Exception: it is damaged.
    """
    entries: list[Entry] = []
    with tarfile.open(fileobj=cast(BinaryIO, _Bounded(file, room)), mode="r|", tarinfo=_headers()) as archive:
        for number, member in enumerate(archive):
            if number >= MAX_LISTED:
                raise ArchiveError(f"it holds more than {MAX_LISTED} files and folders")
            if not member.isdir():
                entries.append(_entry(archive, member, room))
    return entries


def _entry(archive: tarfile.TarFile, member: tarfile.TarInfo, room: Room) -> Entry:
    unfit = _unfit(member)
    path, most = placed(member.name), MAX_PACKED if is_archive(member.name) else MAX_FILE
    if unfit or member.size > most or is_noise(path) or packages_above(path, set()):
        return Entry(member.name, member.size, _not_held, unfit)
    if not room.hold(path, member.size):
        return Entry(member.name, member.size, _not_held, "there was no room for it; hand in less")
    content = archive.extractfile(member)
    assert content is not None  # it is a regular file
    return Entry.held(member.name, content.read())


def _not_held() -> BinaryIO:
    raise ArchiveError("it is too large to be held")


def _unfit(member: tarfile.TarInfo) -> str | None:
    if member.issym() or member.islnk():
        return "it is a link"
    return None if member.isreg() else "it is no regular file"


def _headers() -> type[tarfile.TarInfo]:
    """Return the class of the headers of one tar; it ends where they are larger than any honest ones."""

    class Header(tarfile.TarInfo):
        left = _MAX_HEADERS

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "Header":
            header = super().frombuf(buf, encoding, errors)
            if header.type in _HEADERS:
                cls.left -= header.size
                if header.size > _MAX_HEADER:
                    raise ArchiveError(f"a header in it is larger than {megabytes(_MAX_HEADER)}")
                if cls.left < 0:
                    raise ArchiveError(f"its headers are larger than {megabytes(_MAX_HEADERS)}")
            return header

    return Header


class _Bounded:
    """A stream that ends with an error where it is longer than any honest one."""

    def __init__(self, file: BinaryIO, room: Room):
        self._file = file
        self._room = room

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        content = self._file.read(size)
        self._room.unpack(len(content))
        return content
