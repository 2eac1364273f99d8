"""The content of a zip's member, of which no more is unpacked than the size that it claims.

Python's own reader unpacks what is packed by bzip2 or LZMA as a whole, however much that is, and only then
cuts it off: a kilobyte may hold gigabytes.
"""

import bz2
import lzma
import zipfile
import zlib
from copy import copy


def unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member's content.

    Raises:
        Exception: it is damaged, or holds something other than it claims.
    """
    if member.compress_type not in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with archive.open(member) as stream:
            return stream.read(member.file_size)
    packed = _packed(archive, member)
    unpacking: bz2.BZ2Decompressor | lzma.LZMADecompressor = bz2.BZ2Decompressor()
    if member.compress_type == zipfile.ZIP_LZMA:
        unpacking, packed = _lzma(packed, member.file_size)
    content = unpacking.decompress(packed, member.file_size)
    if zlib.crc32(content) != member.CRC:
        raise zipfile.BadZipFile(f"Bad CRC-32 for file {member.filename!r}")
    return content


def _packed(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member as it is packed, not much longer than its content."""
    stored = copy(member)
    stored.compress_type, stored.file_size = zipfile.ZIP_STORED, member.compress_size
    del stored.CRC  # which is the content's
    with archive.open(stored) as stream:
        return stream.read(2 * member.file_size + 2**12)


def _lzma(packed: bytes, size: int) -> tuple[lzma.LZMADecompressor, bytes]:
    """Read the properties at the beginning; return what unpacks the rest, and the rest.

    The form is that of section 5.8.8 of PKWARE's "APPNOTE", and of `LZMA.txt` in its SDK.
    """
    length = int.from_bytes(packed[2:4], "little")
    properties, rest = packed[4 : 4 + length], packed[4 + length :]
    position, literal = divmod(properties[0], 45)
    settings = {
        "id": lzma.FILTER_LZMA1,
        "lc": literal % 9,
        "lp": literal // 9,
        "pb": position,
        # It may claim gigabytes; what is longer than the content is never looked back at.
        "dict_size": max(min(int.from_bytes(properties[1:5], "little"), size), 2**12),
    }
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[settings]), rest
