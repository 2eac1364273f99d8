"""Collecting the files of one submission: which count, and why the others don't."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Self

from autograder.submissions.archive import archive_entries
from autograder.submissions.entry import Entry
from autograder.submissions.paths import placed, refusal, size_of, without_root
from autograder.submissions.room import Room
from autograder.submissions.rules import (
    MAX_FILE,
    MAX_FILES,
    MAX_LISTED,
    MAX_NESTED,
    MAX_PACKED,
    MAX_PATH,
    MAX_TOTAL,
    ArchiveError,
    UnreadableError,
    environments,
    is_archive,
    is_noise,
    is_source,
    megabytes,
    packages_above,
)

#: Sentences on files that were left out; more than that nobody reads.
_MAX_SENTENCES = 20
#: Names of files that were left out for one reason.
_MAX_NAMES = 5
_NO_ROOM = (
    f"there is room for {MAX_FILES} files and {megabytes(MAX_TOTAL)}, and those that hold Python come first"
)


class Gathering:
    """The files of one submission: what it holds is listed first, then chosen and read.

    Use it as a context manager, which closes the archives.

    Attributes:
        room: what is left for archives.
    """

    def __init__(self) -> None:
        self._listed: dict[str, Entry] = {}
        self._refused: dict[str, str] = {}
        self.room = Room()
        self._seen = 0
        self._archives = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archives.close()

    def refuse(self, name: str, why: str) -> None:
        """Leave a file or folder out, with a sentence; where there are several, the first counts."""
        self._refused.setdefault(name, why)

    def offer(self, entries: Iterable[Entry], inside: str = "", nested: int = 0) -> None:
        """List files, and those in archives among them.

        Args:
            entries: all files of a folder or archive.
            inside: the archive of this submission that they lie in, with a slash at its end.
            nested: how many archives that is.

        Raises:
            UnreadableError: there are too many to be looked at.
        """
        found = list(entries)
        self._seen += len(found)
        if self._seen > MAX_LISTED:
            raise UnreadableError(f"the submission holds more than {MAX_LISTED} files; hand in less")
        names = without_root([entry.name for entry in found])
        paths = [placed(name) for name in names]
        marked = environments(paths)
        for name, path, entry in zip(names, paths, found, strict=True):
            if size_of(path) > MAX_PATH:
                self.refuse(inside + name, "its name is too long")
                continue
            why = refusal(name)
            packages = packages_above(path, marked)
            if is_noise(path):
                continue
            if packages is not None:
                self.refuse(inside + packages, "it holds installed packages")
            elif why or entry.unfit:
                self.refuse(inside + name, why or str(entry.unfit))
            elif is_archive(path):
                self._unpack(inside + path, entry, nested)
            else:
                self._list(inside + path, entry)

    def take(self) -> tuple[dict[str, bytes], list[str]]:
        """Read the files that count: all that may hold Python, and the others as far as there is room.

        Returns:
            Contents by relative name with forward slashes, and a sentence for what was left out.

        Raises:
            UnreadableError: there is too much Python.
        """
        self._leave_out_what_lies_in_files()
        sources = sorted(path for path in self._listed if is_source(path))
        if len(sources) > MAX_FILES:
            raise UnreadableError(f"the submission holds more than {MAX_FILES} Python files; hand in less")
        if sum(self._listed[path].size for path in sources) > MAX_TOTAL:
            raise UnreadableError(
                f"the submission holds more than {megabytes(MAX_TOTAL)} of Python; hand in less"
            )
        others = sorted(self._listed.keys() - set(sources), key=lambda path: (path.count("/"), path))
        chosen = self._within_bounds([*sources, *others])
        files = {path: content for path in chosen if (content := self._read(path)) is not None}
        return files, self._sentences()

    def _list(self, path: str, entry: Entry) -> None:
        if path in self._listed:
            self.refuse(path, "it is there twice")
        elif size_of(path) > MAX_PATH:
            self.refuse(path, "its name is too long")
        elif entry.size > MAX_FILE:
            self.refuse(path, f"it is larger than {megabytes(MAX_FILE)}")
        else:
            self._listed[path] = entry

    def _unpack(self, path: str, entry: Entry, nested: int) -> None:
        """List what an archive holds; all that are held in memory together are bounded."""
        if nested == MAX_NESTED:
            self.refuse(path, f"it lies in {MAX_NESTED} archives; make one zip of your files")
        elif not entry.on_disk and not self.room.hold(path, entry.size):
            self.refuse(path, f"the archives are larger than {megabytes(MAX_PACKED)}; hand in less")
        else:
            try:
                file = self._archives.enter_context(entry.open())
                entries = archive_entries(file, path.rpartition("/")[2], self.room)
            except ArchiveError as error:
                self.refuse(path, str(error))
            except Exception as error:  # the archive that it lies in may be damaged
                self.refuse(path, f"it can't be read ({_words(error)})")
            else:
                self.offer(entries, f"{path}/", nested + 1)

    def _leave_out_what_lies_in_files(self) -> None:
        for path in sorted(self._listed):
            if any(folder in self._listed for folder in _folders_above(path)):
                del self._listed[path]
                self.refuse(path, "it lies in a file")

    def _within_bounds(self, paths: list[str]) -> list[str]:
        """Return those for which there is room."""
        chosen: list[str] = []
        left = MAX_TOTAL
        for path in paths:
            if len(chosen) < MAX_FILES and self._listed[path].size <= left:
                chosen.append(path)
                left -= self._listed[path].size
            else:
                self.refuse(path, _NO_ROOM)
        return chosen

    def _read(self, path: str) -> bytes | None:
        try:
            return self._listed[path].read()
        except Exception as error:  # it can't be read, or the archive that it lies in is damaged
            self.refuse(path, f"it can't be read ({_words(error)}); hand it in again")
            return None

    def _sentences(self) -> list[str]:
        """Return one for each file, but one for all files where there are many of one reason."""
        names: dict[str, list[str]] = {}
        for name, why in self._refused.items():
            names.setdefault(why, []).append(f"{name[:100]!r}")
        told: list[str] = []
        for why, left_out in names.items():
            few = len(left_out) <= _MAX_NAMES
            who = [f"{name} was" for name in left_out]
            many = f"{', '.join(left_out[:_MAX_NAMES])} and {len(left_out) - _MAX_NAMES} more were"
            told += [f"{subject} left out: {why}" for subject in (who if few else [many])]
        more = len(told) - _MAX_SENTENCES
        return [*told[:_MAX_SENTENCES], *([f"there are {more} more such sentences"] if more > 0 else [])]


def _folders_above(path: str) -> Iterator[str]:
    return (path[:at] for at, ch in enumerate(path) if ch == "/")


def _words(error: Exception) -> str:
    """Return what went wrong, without a path of this machine."""
    return str((isinstance(error, OSError) and error.strerror) or error)
