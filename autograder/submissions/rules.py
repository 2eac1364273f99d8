"""Which files of a submission count: those that the topic may use, not too many nor too large."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

#: Bytes of one file; a long module has a tenth of a megabyte.
MAX_FILE = 10 * 2**20
#: Bytes of all files that are read.
MAX_TOTAL = 50 * 2**20
#: Number of files that are read.
MAX_FILES = 1000
#: Number of files that are looked at, whether they are read or not.
MAX_LISTED = 100_000
#: Bytes of a path; systems allow 4,096 with the folders above.
MAX_PATH = 3000
#: Folders within folders.
MAX_DEPTH = 32
#: Archives within archives.
MAX_NESTED = 3
#: Bytes of all archives within archives, which are held in memory.
MAX_PACKED = 100 * 2**20
#: Bytes that tars may unpack to, whether they are kept or passed over.
MAX_UNPACKED = 500 * 2**20
_CACHES = {"__pycache__", "__macosx"}
_PACKAGES = re.compile(
    r"(.*/)?(site-packages|dist-packages|node_modules|lib(64)?/python\d\.\d+)", re.IGNORECASE
)
#: What `python -m venv` makes beside the file that marks an environment.
_MARK = "pyvenv.cfg"
_ENVIRONMENT = {"bin", "include", "lib", "lib64", "scripts", "share"}
#: `.py` may be followed by more, as in `losses.py.txt` or `losses.py (1)`.
_SOURCE = re.compile(r"\.(py|ipynb)(\W|$)")
_ARCHIVE = re.compile(r"\.(zip|7z|rar|tar|tgz|tbz2?|txz|tar\.\w{1,4})$", re.IGNORECASE)
_PACKED_SOURCE = re.compile(r"\.(py|ipynb)\.(gz|bz2|xz)$", re.IGNORECASE)


class UnreadableError(Exception):
    """A submission can't be graded; the message is a sentence for the student."""


class NothingHandedInError(UnreadableError):
    """There is no submission of this student's at all."""


class ArchiveError(Exception):
    """An archive can't be opened; the message is the end of a sentence that names it."""


def not_foreseen(error: Exception) -> str:
    """Return the sentence on a submission that the grader itself can't cope with."""
    return f"the grader can't cope with the submission ({type(error).__name__}); look at it by hand"


def is_noise(path: PurePosixPath | str) -> bool:
    """Whether a file is left out silently: hidden files, caches, and what archivers add."""
    parts = str(path).split("/")
    return any((p.startswith(".") and p not in (".", "..")) or p.lower() in _CACHES for p in parts)


def is_source(path: str) -> bool:
    """Whether a file may hold Python; the others are read only where there is room for them."""
    return _SOURCE.search(path.rpartition("/")[2].lower()) is not None


def is_archive(name: str) -> bool:
    """Whether a file stands for what is in it."""
    return without_ending(name) != name or _PACKED_SOURCE.search(name) is not None


def without_ending(name: str) -> str:
    """Return an archive's name without `.zip`, `.tar.gz` or the like; that of another file as it is."""
    return _ARCHIVE.sub("", name)


def environments(paths: Iterable[str]) -> set[str]:
    """Return the folders that are virtual environments, given all files."""
    split = (path.rpartition("/") for path in paths)
    return {folder for folder, _slash, name in split if name == _MARK}


def packages_above(path: str, marked: set[str]) -> str | None:
    """Return the folder above a file that holds packages, which were installed and are not the student's.

    Args:
        path: the file or a folder.
        marked: the `environments`.
    """
    above = last = ""
    for part in path.split("/", MAX_DEPTH)[:MAX_DEPTH]:
        folder = f"{above}/{part}".lstrip("/")
        if _PACKAGES.fullmatch(f"{last}/{part}") or (above in marked and part.lower() in _ENVIRONMENT):
            return folder
        above, last = folder, part
    return None


def megabytes(size: int) -> str:
    """Return a number of bytes in words."""
    return f"{size // 2**20} MB"
