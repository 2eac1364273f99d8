"""Archives that are small, and made to cost whoever reads them."""

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

MIB = 2**20

#: Ways to write one to a path without an ending; they return the path.
COSTLY: dict[str, Callable[[Path], Path]] = {}


def costly(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    COSTLY[make.__name__] = make
    return make


def liar(where: Path, method: int) -> Path:
    """A member of a gigabyte that claims to have ten bytes."""
    path = where.with_name(f"{where.name}.zip")
    with zipfile.ZipFile(path, "w", method) as archive, archive.open("attacked.py", "w") as member:
        for _ in range(1024 if method != zipfile.ZIP_LZMA else 256):
            member.write(bytes(MIB))
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    return path


@costly
def deflated_zip_that_lies(where: Path) -> Path:
    """A zip with a member that holds a hundred million times what it claims, packed as is usual."""
    return liar(where, zipfile.ZIP_DEFLATED)


@costly
def bzip2_zip_that_lies(where: Path) -> Path:
    """The same, packed by bzip2, in less than a kilobyte."""
    return liar(where, zipfile.ZIP_BZIP2)


@costly
def lzma_zip_that_lies(where: Path) -> Path:
    """The same, packed by LZMA."""
    return liar(where, zipfile.ZIP_LZMA)


@costly
def zip_of_empty_extras(where: Path) -> Path:
    """Members with as many extras as there may be, each of which the library cuts off the rest."""
    path = where.with_name(f"{where.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(300):
            member = zipfile.ZipInfo(f"m{number}.py")
            member.extra = struct.pack("<HH", 0x9999, 0) * 16_383
            archive.writestr(member, b"")
    return path


@costly
def zip_of_deep_names(where: Path) -> Path:
    """Names of many folders, for whoever looks at every folder above a file."""
    path = where.with_name(f"{where.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(50):
            archive.writestr(f"{'a/' * 32_000}{number}.py", b"")
    return path


@costly
def tar_of_a_long_name(where: Path) -> Path:
    """One name of a megabyte, all folders."""
    path = where.with_name(f"{where.name}.tar.gz")
    with tarfile.open(path, "w:gz", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("a/" * 500_000 + "x.py"))
    return path


@costly
def tar_of_settings(where: Path) -> Path:
    """Headers of very many settings, each of which is parsed and passed on to all that follow."""
    path = where.with_name(f"{where.name}.tar.gz")
    records = b"6 a=b\n" * 170_000
    with gzip.open(path, "wb", 1) as file:
        for number in range(60):
            header = tarfile.TarInfo("settings")
            header.type, header.size = tarfile.XGLTYPE, len(records)
            file.write(header.tobuf(tarfile.USTAR_FORMAT) + records + bytes(-len(records) % 512))
            file.write(tarfile.TarInfo(f"{number}.py").tobuf(tarfile.USTAR_FORMAT))
        file.write(bytes(1024))
    return path


@costly
def tar_of_folders(where: Path) -> Path:
    """Folders only, which are no files to be counted."""
    path = where.with_name(f"{where.name}.tar.gz")
    header = tarfile.TarInfo("folder")
    header.type = tarfile.DIRTYPE
    with gzip.open(path, "wb", 1) as file:
        for _ in range(900):
            file.write(header.tobuf(tarfile.USTAR_FORMAT) * 1000)
        file.write(bytes(1024))
    return path


@costly
def xz_with_a_large_dictionary(where: Path) -> Path:
    """A packed module that asks for a dictionary of a gigabyte and a half."""
    path = where.with_name(f"{where.name}.py.xz")
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 2**20, "preset": 0}]
    content = bytearray(lzma.compress(b"def mean(x):\n    return 0.0\n", filters=filters))
    length = 4 * (content[12] + 1)
    header = content[12 : 12 + length - 4]
    header[header.index(b"\x21\x01") + 2] = 37  # 3 * 2**29
    content[12 : 12 + length] = header + struct.pack("<I", zlib.crc32(header))
    path.write_bytes(content)
    return path


@costly
def streams_of_nothing(where: Path) -> Path:
    """A zip of a tar that is packed in half a million pieces, all of them empty."""
    path = where.with_name(f"{where.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("work.tar.gz", gzip.compress(b"", 1, mtime=0) * 500_000)
        archive.writestr("work.tar.bz2", bz2.compress(b"") * 500_000)
    return path


@costly
def notebook_of_nothing(where: Path) -> Path:
    """Three million empty cells."""
    path = where.with_name(f"{where.name}.ipynb")
    path.write_bytes(b'{"cells": [' + b"{}," * 3_000_000 + b"{}]}")
    return path


@costly
def notebook_of_odd_numbers(where: Path) -> Path:
    """A cell whose lines are numbers, also such as JSON has none of, under names that are there twice."""
    path = where.with_name(f"{where.name}.ipynb")
    lines = b"NaN,-Infinity,1e999," + b"9" * 4000 + b"," + b'"\\ud800",' * 1000
    cell = b'{"cell_type": "code", "source": [' + lines * 500 + b'1], "source": [' + lines + b"1]}"
    path.write_bytes(b'{"cells": 1, "cells": [' + cell + b"]}")
    return path


@costly
def notebook_nested_deeply(where: Path) -> Path:
    """Five million lists within lists."""
    path = where.with_name(f"{where.name}.ipynb")
    path.write_bytes(b'{"cells": ' + b"[" * 5_000_000)
    return path


@costly
def tar_of_a_chain_of_headers(where: Path) -> Path:
    """Headers that each announce another one, which the library reads by recursion."""
    path = where.with_name(f"{where.name}.tar")
    header = tarfile.TarInfo("name")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 10
    one = header.tobuf(tarfile.USTAR_FORMAT) + b"attacked.p".ljust(512, b"\0")
    path.write_bytes(one * 20_000 + bytes(1024))
    return path


@costly
def zip_that_shares_its_content(where: Path) -> Path:
    """A thousand members that all are one and the same piece of the file."""
    path = where.with_name(f"{where.name}.zip")
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0000.py", bytes(9 * MIB))
    content = held.getvalue()
    at, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = content[at:end]
    entries = b"".join(entry.replace(b"0000.py", b"%04d.py" % number) for number in range(1000))
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entries), at, 0)
    path.write_bytes(content[:at] + entries + last)
    return path
