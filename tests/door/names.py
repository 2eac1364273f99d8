"""Item 3: names of folders and zips that are odd, and of those that are an attack."""

import zipfile
from io import BytesIO

from tests.door.row import Files, row, unreadable
from tests.door.work import RIGHT, losses, zipped

_RIGHT = RIGHT.encode()
_CHINESE = "深度学习课程第一次作业损失函数与线性分类器" * 4


def _zip_as_is(name: bytes) -> bytes:
    """A zip with right work under a name that is not marked as UTF-8, as other programs write it."""
    content, placeholder = BytesIO(), "x" * len(name)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(placeholder, _RIGHT)
    return content.getvalue().replace(placeholder.encode(), name)


def _contents(name: str) -> bytes:
    return _RIGHT if name.endswith("losses.py") else b"x = 1\n"


def _in_a_zip(*names: str) -> Files:
    """A zip with right work under the first name."""
    return {"hw.zip": zipped({name: _contents(name) for name in names})}


def _raw(name: bytes) -> Files:
    return {"hw.zip": _zip_as_is(name)}


ROWS = [
    row("a student whose name has an emoji with joiners", 3, losses(), student="03 Kim 👩\u200d👧"),
    row("a student whose name has a right-to-left mark", 3, losses(), student="03 \u200fדנה"),
    row("a student whose name has a no-break space", 3, losses(), student="03 Zoë\u00a0Müller"),
    row("a student of 72 Chinese characters", 3, losses(), student="03" + _CHINESE[:72]),
    row("a folder whose name has an emoji with joiners", 3, {"👩\u200d👧 hw/losses.py": _RIGHT}),
    row("a folder whose name has a right-to-left mark", 3, {"\u200fدرس/losses.py": _RIGHT}),
    row("a folder whose name has a no-break space", 3, {"My\u00a0work/losses.py": _RIGHT}),
    row("a folder of 72 Chinese characters", 3, {f"{_CHINESE[:72]}/losses.py": _RIGHT}),
    row("a folder named with accents taken apart", 3, {"U\u0308bung/losses.py": _RIGHT}),
    row("a folder with a newline in its name", 3, {"home\nwork/losses.py": _RIGHT}),
    row("ten folders deep", 3, {f"{'/'.join('abcdefghij')}/losses.py": _RIGHT}),
    row("an emoji with joiners, in a zip", 3, _in_a_zip("👩\u200d👧 hw/losses.py")),
    row("a folder of 72 Chinese characters, in a zip", 3, _in_a_zip(f"{_CHINESE[:72]}/losses.py")),
    row("backslashes, in a zip", 3, _raw(b"hw1\\losses.py")),
    row(
        "Shift-JIS with a backslash in it, in a zip",
        3,
        lambda: _raw("表/".encode("shift-jis") + b"losses.py"),
    ),
    row("GBK, in a zip", 3, lambda: _raw("作业/".encode("gbk") + b"losses.py")),
    row("code page 437, in a zip", 3, lambda: _raw("Übung/".encode("cp437") + b"losses.py")),
    row(
        "absolute paths with a common prefix, in a zip",
        3,
        _in_a_zip("/home/ada/hw/losses.py", "/home/ada/hw/extra.py"),
    ),
    row(
        "a drive and backslashes, in a zip",
        3,
        _raw(b"C:\\Users\\ada\\losses.py"),
    ),
    row("./ before every name, in a zip", 3, _in_a_zip("./losses.py", "./extra.py")),
    row(
        "a file that climbs out beside right work, in a zip",
        3,
        _in_a_zip("losses.py", "../../extra.py"),
        says=("extra.py", "leads out"),
    ),
    unreadable(
        "the work climbs out, in a zip",
        3,
        _in_a_zip("hw/notes.txt", "../../losses.py"),
        says=("losses.py", "leads out"),
        step="make the zip again: its paths lead out",
    ),
    row("a student named like a formula", 15, losses(), student="=HYPERLINK(1)"),
]
