"""The files in which answers of known mistakes are kept: small, for their owner only, never trusted blindly.

They stem from hidden checks, so nobody else may read them. Each file holds one thing and begins with a digest
of its content. Workers and runs share them without locks: whoever misses one works it out and writes it, and
of two who do so at once the last wins, with the same content. A folder that can't be used is done without.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import msgpack
import numpy as np
import platformdirs

from autograder.answers.parts import Part
from autograder.course.assignment import Assignment
from autograder.course.references import compared_with
from autograder.files import digest_of, write_atomically
from autograder.proxy.entries import Entry
from autograder.seeds import GradingSeed

#: Part of each folder's name; to be raised when the form of files changes, or what entries hold.
_FORM: Final = 3
#: Folders of course versions that are kept, those written last.
_MOST_FOLDERS: Final = 64
_DIGEST_BYTES: Final = 32

Answers = tuple[Sequence[Entry], dict[str, Sequence[Entry] | None], dict[str, str]]


class AnswersOnDisk:
    """The files of one topic in one version, with one seed.

    Args:
        folder: where they are.
        base: the mistake that the module has to which others are added; empty for none.
    """

    def __init__(self, folder: Path, base: str = ""):
        self._folder = folder
        self._base = base

    @classmethod
    def of(cls, assignment: Assignment, seed: GradingSeed) -> "AnswersOnDisk":
        """Return the files of a topic in the user's cache folder."""
        parent = platformdirs.user_cache_path("dl-autograder") / "known-answers"
        return cls(parent / _folder_name(assignment, seed))

    def beside(self, base: str) -> "AnswersOnDisk":
        """Return the files for a module that has this mistake already."""
        return AnswersOnDisk(self._folder, base)

    def case(self, name: str) -> Answers | None:
        """Return the answers to a case; None where they are not known.

        They are the reference's, and those of mistakes by key: None for one that passes the case; and how
        their failures are told, by key.
        """
        content = self._read(f"case {name}")
        try:
            return None if content is None else _unpacked_case(content)
        except (KeyError, IndexError, TypeError, ValueError):
            return None

    def write_case(
        self,
        name: str,
        right: Sequence[Entry],
        wrong: Mapping[str, Sequence[Entry] | None],
        told: Mapping[str, str],
    ) -> None:
        """Keep the answers to a case."""
        self._write(f"case {name}", [*_packed_case(right, wrong), dict(told)])

    def verdicts(self, key: str) -> dict[str, bool] | None:
        """Return which cases a mistake passes, as far as that is known."""
        content = self._read(f"verdicts {key}")
        if not isinstance(content, dict):
            return None
        known = all(isinstance(k, str) and isinstance(v, bool) for k, v in content.items())
        return content if known else None

    def write_verdicts(self, key: str, verdicts: Mapping[str, bool]) -> None:
        """Keep which cases a mistake passes."""
        self._write(f"verdicts {key}", dict(verdicts))

    def _path(self, title: str) -> Path:
        titled = f"{title} beside {self._base}" if self._base else title
        return self._folder / f"{hashlib.sha256(titled.encode()).hexdigest()[:32]}.msgpack"

    def _read(self, title: str) -> Any:
        try:
            if not _is_ours_alone(self._folder):
                return None
            data = self._path(title).read_bytes()
            if hashlib.sha256(data[_DIGEST_BYTES:]).digest() != data[:_DIGEST_BYTES]:
                return None
            return msgpack.unpackb(data[_DIGEST_BYTES:])
        except (OSError, ValueError, msgpack.UnpackException):
            return None

    def _write(self, title: str, content: Any) -> None:
        data = msgpack.packb(content)
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _drop_old_folders(self._folder.parent)
            if _is_ours_alone(self._folder):
                write_atomically(self._path(title), hashlib.sha256(data).digest() + data, mode=0o600)
        except OSError:
            return  # no room, or no right to write: it is worked out again next time


def _folder_name(assignment: Assignment, seed: GradingSeed) -> str:
    """Return a digest of all that the answers depend on."""
    solutions = assignment.folder.parent
    others = {t: (solutions / t / f"{t}.py").read_bytes() for t in compared_with(assignment)}
    versions = f"{_FORM} {version('dl-autograder')} {np.__version__}"
    parts = {"course": assignment.digest, "seed": seed.fingerprint, "versions": versions}
    return f"{assignment.name}-{digest_of({k: v.encode() for k, v in parts.items()} | others)[:32]}"


def _is_ours_alone(folder: Path) -> bool:
    """Whether a folder is the user's own, and nobody else can read or write it."""
    if not hasattr(os, "getuid"):
        return True
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _drop_old_folders(parent: Path) -> None:
    folders = sorted(parent.iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)
    for folder in folders[_MOST_FOLDERS:]:
        shutil.rmtree(folder, ignore_errors=True)


def _packed_case(right: Sequence[Entry], wrong: Mapping[str, Sequence[Entry] | None]) -> list[Any]:
    """Return plain data. Equal parts, of which there are many, stand there once."""
    table: dict[bytes, int] = {}

    def part(one: Part) -> int:
        numbers = (one.finite, one.zeros, one.scale, one.sketch.tobytes(), one.holes, one.places.tobytes())
        return table.setdefault(msgpack.packb((one.path, one.size, one.shape, *numbers)), len(table))

    def entries(several: Sequence[Entry] | None) -> list[Any] | None:
        if several is None:
            return None
        return [[e.function, e.form, list(e.words), [part(p) for p in e.parts], e.inputs] for e in several]

    packed = [entries(right), {key: entries(several) for key, several in wrong.items()}]
    return [list(table), *packed]


def _unpacked_case(content: Any) -> Answers:
    table, right, wrong, told = content
    parts = [_part(msgpack.unpackb(data)) for data in table]

    def entries(several: Any) -> Sequence[Entry]:
        return [
            Entry(function, form, tuple(words), tuple(parts[i] for i in numbers), inputs)
            for function, form, words, numbers, inputs in several
        ]

    mistaken = {key: None if several is None else entries(several) for key, several in wrong.items()}
    return entries(right), mistaken, dict(told)


def _part(fields: Any) -> Part:
    path, size, shape, finite, zeros, scale, sketch, holes, places = fields
    numbers = (finite, zeros, scale, np.frombuffer(sketch), holes, np.frombuffer(places))
    return Part(path, size, tuple(shape), *numbers)
