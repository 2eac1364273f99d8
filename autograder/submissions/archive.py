"""What is in an archive: a zip, a tar, or a single module that was packed. Nothing is unpacked to disk."""

import bz2
import gzip
import lzma
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from autograder.submissions.entry import Entry
from autograder.submissions.paths import decoded
from autograder.submissions.room import Room
from autograder.submissions.rules import MAX_FILE, MAX_LISTED, ArchiveError, is_source
from autograder.submissions.tar import tar_entries
from autograder.submissions.unzipped import unzipped

#: How a file begins that was packed as a whole, and what reads it.
_PACKED: dict[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}
#: How archives begin that nothing here opens.
_OTHERS = {
    b"Rar!": "a rar archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x28\xb5\x2f\xfd": "packed by zstd",
}
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257
#: How an entry begins in a zip's list of members, which the library reads whole; how long it is at least, and
#: where it says how many bytes of extras it has.
_MEMBER, _LEAST, _EXTRAS_AT = b"PK\x01\x02", 46, 30
_ENTRY = re.compile(re.escape(_MEMBER))
#: Bytes of all extras; a member has some dozen. The library takes the square of their number in time.
_MAX_EXTRAS = 8 * 2**20
#: The bit of a zip member's flags that says that it is encrypted.
_ENCRYPTED = 1


def archive_entries(file: BinaryIO, name: str, room: Room) -> list[Entry]:
    """Return the files in an archive, whose kind its content tells, not its name.

    Args:
        file: must stay open while the entries are read.
        name: the archive's; a packed module is called like it, without the last ending.
        room: what is left for the submission's archives.

    Raises:
        ArchiveError: it can't be opened; the message says why and what to do.
    """
    begin = file.read(_TAR_MARK_AT + len(_TAR_MARK))
    file.seek(0)
    for mark, kind in _OTHERS.items():
        if begin.startswith(mark):
            raise ArchiveError(f"it is {kind}, which can't be opened here; make a zip of the files instead")
    try:
        entries = _entries(file, begin, name, room)
    except ArchiveError:
        raise
    except Exception as error:  # the libraries raise many kinds at damaged archives
        raise ArchiveError(f"it can't be read as an archive ({error}); make it again as a zip") from error
    if not entries:
        raise ArchiveError("it is empty; put your files into it and hand it in again")
    return entries


def _entries(file: BinaryIO, begin: bytes, name: str, room: Room) -> list[Entry]:
    for mark, unpacking in _PACKED.items():
        if begin.startswith(mark):
            stream = cast(BinaryIO, unpacking(file))
            inner = PurePosixPath(name).stem
            return [_packed(inner, stream, room)] if is_source(inner) else tar_entries(stream, room)
    old_tar = name.lower().endswith(".tar") and not begin.startswith(b"PK")
    return tar_entries(file, room) if old_tar or begin.endswith(_TAR_MARK) else _zip_entries(file)


def _packed(name: str, stream: BinaryIO, room: Room) -> Entry:
    content = stream.read(MAX_FILE + 1)
    if not room.hold(name, len(content)):
        raise ArchiveError("there was no room for it; hand in less")
    return Entry.held(name, content)


def _zip_entries(file: BinaryIO) -> list[Entry]:
    extras = [int.from_bytes(entry[_EXTRAS_AT : _EXTRAS_AT + 2], "little") for entry in _listed(file)]
    if sum(extras) > _MAX_EXTRAS:
        raise ArchiveError("it says more about its files than any honest zip; make it again")
    archive = zipfile.ZipFile(file)
    named = sorted(((decoded(member), member) for member in archive.infolist()), key=lambda found: found[0])
    return [zip_entry(archive, member, name) for name, member in named if not name.endswith("/")]


def _listed(file: BinaryIO) -> Iterator[bytes]:
    """Yield the beginning of each entry in a zip's list, and of what looks like one.

    Raises:
        ArchiveError: there are too many.
    """
    count, text = 0, b""
    for chunk in iter(partial(file.read, 2**20), b""):
        text += chunk
        whole = len(text) - _LEAST
        for found in _ENTRY.finditer(text, 0, whole + len(_MEMBER)):
            count += 1
            if count > MAX_LISTED:
                raise ArchiveError(f"it holds more than {MAX_LISTED} files")
            yield text[found.start() : found.start() + _LEAST]
        text = text[max(whole + 1, 0) :]


def zip_entry(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Entry:
    """Return a member of a zip under a name; no more is read of it than the size that it claims."""
    return Entry(name, member.file_size, partial(_open, archive, member), _unfit(member))


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return BytesIO(unzipped(archive, member))


def _unfit(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & _ENCRYPTED:
        return "it needs a password; make the archive again without one"
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "it is a link" if stat.S_ISLNK(mode) else "it is no regular file"
    return None
