"""Which files of a submission count: regular ones, within it, not too many and not too large."""

from pathlib import PurePosixPath

#: Bytes of one file; a long module has a tenth of a megabyte.
MAX_FILE = 10 * 2**20
#: Bytes of all files together.
MAX_TOTAL = 50 * 2**20
#: Number of files.
MAX_FILES = 1000
#: Folders within folders.
MAX_DEPTH = 8
#: Bytes of one name; file systems allow 255.
_MAX_NAME = 200
_CACHES = ("__pycache__", "__MACOSX")


class UnreadableError(Exception):
    """A submission can't be graded; the message is a sentence for the student."""


class NothingHandedInError(UnreadableError):
    """There is no submission of this student's at all."""


def refusal(path: PurePosixPath) -> str | None:
    """Return why a file of that relative name is refused, or None."""
    if not path.parts:
        return "it has no name"
    if path.is_absolute() or ".." in path.parts or "\\" in str(path):
        return "its path leads out of the submission"
    if len(path.parts) > MAX_DEPTH:
        return f"it lies more than {MAX_DEPTH} folders deep"
    if any(len(part.encode("utf-8", "replace")) > _MAX_NAME for part in path.parts):
        return "its name is too long"
    if not str(path).isprintable():
        return "its name holds characters that can't be printed"
    return None


def is_noise(path: PurePosixPath) -> bool:
    """Whether a file is left out silently: hidden files, caches, and what archivers add."""
    return ".." not in path.parts and any(p.startswith(".") or p in _CACHES for p in path.parts)
