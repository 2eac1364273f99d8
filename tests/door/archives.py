"""Item 5: archives of all kinds, in a student's folder and in the class's."""

import gzip
import io
import tarfile
import zipfile

from tests.door.row import Files, row, unreadable
from tests.door.work import RIGHT, losses, zipped

_RIGHT = RIGHT.encode()
#: How a rar begins; nothing here can make a whole one.
_RAR = b"Rar!\x1a\x07\x01\x00" + bytes(200)


def _tarred(files: Files, mode: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return content.getvalue()


def _tar_with_links() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        member = tarfile.TarInfo("losses.py")
        member.size = len(_RIGHT)
        archive.addfile(member, io.BytesIO(_RIGHT))
        link = tarfile.TarInfo("passwords.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return content.getvalue()


def _encrypted() -> bytes:
    """A zip marked as encrypted, in the list of its members and at the member."""
    packed = bytearray(zipped(losses(), zipfile.ZIP_STORED))
    packed[6] |= 1
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


IN_A_FOLDER = [
    row("a zip", 5, {"hw.zip": zipped(losses())}),
    row("a zip by the name of .ZIP", 5, {"HW.ZIP": zipped(losses())}),
    row("a zip beside the same module", 5, {**losses(), "hw.zip": zipped(losses())}),
    row("a zip packed with LZMA", 5, {"hw.zip": zipped(losses(), zipfile.ZIP_LZMA)}),
    row("a zip in a zip", 5, {"hw.zip": zipped({"hw/inner.zip": zipped(losses())})}),
    row("a tar.gz", 5, {"hw.tar.gz": _tarred({"hw/losses.py": _RIGHT}, "w:gz")}),
    row("a tgz", 5, {"hw.tgz": _tarred(losses(), "w:gz")}),
    row("a tar", 5, {"hw.tar": _tarred(losses(), "w")}),
    row("a tar.xz", 5, {"hw.tar.xz": _tarred(losses(), "w:xz")}),
    row("a tar.gz by the name of .zip", 5, {"hw.zip": _tarred(losses(), "w:gz")}),
    row("losses.py.gz", 5, {"losses.py.gz": gzip.compress(_RIGHT)}),
    row("a tar.gz with a link that leads out", 5, {"hw.tar.gz": _tar_with_links()}, says=("passwords.py",)),
    unreadable(
        "a rar",
        5,
        {"hw.rar": _RAR},
        says=("hw.rar", "zip"),
        step="pack it as a zip",
    ),
    unreadable(
        "a zip with a password",
        5,
        {"hw.zip": _encrypted()},
        says=("hw.zip", "password"),
        step="pack it without a password",
    ),
    unreadable(
        "a zip that is cut off",
        5,
        {"hw.zip": zipped(losses())[:-40]},
        says=("hw.zip", "again"),
        step="make the archive again",
    ),
    unreadable("an empty zip", 5, {"hw.zip": zipped({})}, says=("hw.zip", "empty"), step="hand in losses.py"),
]

IN_THE_CLASS = [
    row("a zip per student", 5, {"05-zip.zip": zipped(losses())}, student="05-zip", loose=True),
    row(
        "a zip in a student's zip",
        5,
        {"05-zip-in-zip.zip": zipped({"hw.zip": zipped(losses())})},
        student="05-zip-in-zip",
        loose=True,
    ),
    row(
        "a tar.gz per student",
        5,
        {"05-tar.tar.gz": _tarred(losses(), "w:gz")},
        student="05-tar",
        loose=True,
    ),
    unreadable(
        "a rar per student",
        9,
        {"dave.rar": _RAR},
        student="dave",
        loose=True,
        says=("dave.rar", "zip"),
        step="pack it as a zip",
    ),
    unreadable(
        "a damaged 7z per student",
        9,
        {"eve.7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60)},
        student="eve",
        loose=True,
        says=("eve.7z",),
        step="make the archive again",
    ),
    row("a module named by its student", 9, {"grace.py": _RIGHT}, student="grace", loose=True),
    row("a module named by student and topic", 9, {"ben_losses.py": _RIGHT}, student="ben", loose=True),
    unreadable(
        "an empty folder",
        9,
        {},
        student="hal",
        says=("empty",),
        never=("exactly this name",),
        step="hand in losses.py",
    ),
]

ROWS = [*IN_A_FOLDER, *IN_THE_CLASS]
