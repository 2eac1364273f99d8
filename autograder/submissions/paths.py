"""The paths of a submission's files, whichever system and archiver wrote them.

How folders are called costs nobody anything. What leads out of the submission is refused.
"""

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from zipfile import ZipInfo

from autograder.printable import HARMFUL
from autograder.submissions.rules import MAX_DEPTH, is_noise

#: Bytes of one name; what file systems allow.
_MAX_NAME = 255
_ROOT = re.compile(r"([A-Za-z]:)?/+")
_UTF8_FLAG = 0x800
#: A backslash that follows such a byte may be half of a character of Shift-JIS, GBK or Big5.
_HALF = re.compile(rb"(?<=[\x80-\xff])\\")


def refusal(name: str) -> str | None:
    """Return why a file of that relative name is refused, or None."""
    parts = _parts(name)
    if not parts:
        return "it has no name"
    if _root(name) or parts[0] == "..":
        return "its path leads out of the submission"
    if len(parts) > MAX_DEPTH:
        return f"it lies more than {MAX_DEPTH} folders deep"
    if size_of(parts[-1]) > _MAX_NAME:
        return "its name is too long"
    if HARMFUL.search(parts[-1]):
        return "its name holds characters that can't be printed"
    return None


def placed(name: str) -> str:
    """Return where a file that isn't refused has its place: folders of odd names get plainer ones."""
    *folders, own = _parts(name) or [""]
    return "/".join([*map(_plain, folders), own])


def decoded(member: ZipInfo) -> str:
    """Return a zip member's name with forward slashes.

    Zips that don't mark names as UTF-8 don't say either which code page they use. A wrong guess shows in
    sentences only, as long as folders are told apart: the second byte of a character may be a backslash.
    """
    if member.flag_bits & _UTF8_FLAG:
        return _slashed(member.orig_filename)
    raw = member.orig_filename.encode("cp437")
    try:
        return _slashed(raw.decode())
    except UnicodeDecodeError:
        halves = b"/" in raw and _HALF.search(raw) is not None
        text = raw.decode("cp437")
        if not halves and all(ord(ch) < 0x180 for ch in text):
            return _slashed(text)
        return _slashed(_as_east_asian(raw) or text)


def without_root(names: Sequence[str]) -> list[str]:
    """Return the names of all files without a root that is common to all: it leads nowhere."""
    roots = {_root(name) for name in names if not is_noise(name)}
    root = roots.pop() if len(roots) == 1 else ""
    return [_slashed(name).removeprefix(root) for name in names]


def _root(name: str) -> str:
    """Return what makes a name absolute: slashes, after a drive on Windows; empty for a relative name."""
    found = _ROOT.match(_slashed(name))
    return found[0] if found else ""


def _as_east_asian(raw: bytes) -> str | None:
    for codec in ("shift-jis", "gbk"):
        with suppress(UnicodeDecodeError):
            return raw.decode(codec)
    return None


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def _parts(name: str) -> list[str]:
    """Return a path's parts, where `..` takes away the folder before it, if there is one."""
    parts: list[str] = []
    for part in _slashed(name).split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return parts


def _plain(folder: str) -> str:
    if folder.isascii() and folder.isprintable() and len(folder) <= _MAX_NAME:
        return folder
    name = HARMFUL.sub("_", folder)
    if size_of(name) <= _MAX_NAME:
        return name
    end = hashlib.sha256(name.encode()).hexdigest()[:8]
    return name.encode()[: _MAX_NAME - 9].decode(errors="ignore") + f"~{end}"


def size_of(name: str) -> int:
    """Return the bytes that a name takes, whatever is in it."""
    return len(name.encode("utf-8", "surrogatepass"))
