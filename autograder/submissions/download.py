"""What a platform lets an instructor download: a zip of a whole class, or the folder it was unpacked to."""

import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from autograder.errors import UserError
from autograder.submissions.archive import zip_entry
from autograder.submissions.entry import Entry
from autograder.submissions.folder import file_entry, folder_entries
from autograder.submissions.gathering import Gathering
from autograder.submissions.hand_in import Files
from autograder.submissions.paths import decoded
from autograder.submissions.rules import UnreadableError, is_noise


@dataclass(frozen=True)
class Download:
    """A folder or zip, seen from one of its folders; nothing is unpacked to disk.

    Attributes:
        source: the folder or zip.
        top: the folder in it that holds the students' entries, with a slash at the end; empty for the source.
    """

    source: Path
    top: str = ""

    def entries(self) -> list[str]:
        """Return the names of the files and folders right below `top`, sorted.

        Raises:
            UserError: the source is missing, is neither a folder nor a zip, or can't be read.
        """
        try:
            if self.source.is_dir():
                names = {path.name for path in (self.source / self.top).iterdir()}
            else:
                names = set(_opened(self)[1])
        except OSError as error:
            raise UserError(f"{self.source} can't be read: {error.strerror or error}") from error
        except Exception as error:  # the library raises many kinds at damaged archives
            raise UserError(
                f"{self.source} is neither a folder nor a zip that can be read ({error}); download it again"
            ) from error
        return sorted(name for name in names if not is_noise(PurePosixPath(name)))

    def unwrapped(self) -> "Download":
        """Return the download seen from the only entry in it if that is a folder, such as unpacking adds."""
        entries = self.entries()
        if len(entries) != 1 or not self.is_folder(entries[0]):
            return self
        return replace(self, top=f"{self.top}{entries[0]}/")

    def read(self, name: str) -> bytes | None:
        """Return the content of the file of that name below `top`, or None where there is none."""
        if self.source.is_dir():
            path = self.source / self.top / name
            return path.read_bytes() if path.is_file() else None
        archive, members = _opened(self)
        found = [member for member, rest in members.get(name, []) if not rest]
        return archive.read(found[0]) if found else None

    def is_folder(self, name: str) -> bool:
        """Return whether the entry of that name is a folder; in a zip a file may have the same name."""
        if self.source.is_dir():
            return os.path.isdir(self.source / self.top / name)
        members = _opened(self)[1][name]
        return not members or any(rest for _, rest in members)

    def is_empty(self, name: str) -> bool:
        """Return whether the folder of that name holds nothing but what systems add."""
        if not self.source.is_dir():
            names = [rest for _, rest in _opened(self)[1][name]]
        else:
            try:
                names = [path.name for path in (self.source / self.top / name).iterdir()]
            except OSError:  # whoever reads it will say why
                return False
        return all(is_noise(PurePosixPath(name)) for name in names)


def read_entries(download: Download, entries: Mapping[str, str], left_out: Mapping[str, str]) -> Files:
    """Read one student's files, by the rules for any submission; archives among them are read like folders.

    Args:
        download: where they are.
        entries: names below `top`; a file's with its name in the submission, a folder's with an empty one,
            since what is in it keeps its names.
        left_out: names of files that don't count, with the reason.

    Raises:
        UnreadableError: nothing can be read, or there is too much.
    """
    with Gathering() as gathering:
        for name, why in left_out.items():
            gathering.refuse(name, why)
        try:
            found = list(_entries(download, entries))
        except (UnreadableError, OSError):
            raise
        except Exception as error:  # the library raises many kinds at damaged archives
            raise UnreadableError(
                f"the submission can't be read in the download ({error}); download it again"
            ) from error
        gathering.offer(found)
        return gathering.take()


def _entries(download: Download, entries: Mapping[str, str]) -> Iterator[Entry]:
    if download.source.is_dir():
        folder = download.source / download.top
        for entry, name in entries.items():
            yield from [file_entry(folder / entry, name)] if name else folder_entries(folder / entry)
        return
    archive, members = _opened(download)
    for entry, name in entries.items():
        for member, rest in sorted(members.get(entry, []), key=lambda found: found[1]):
            if bool(rest) != bool(name):
                yield zip_entry(archive, member, rest or name)


#: A member of a zip, and its name within the entry that it belongs to; empty for an entry that is a file.
_Member = tuple[zipfile.ZipInfo, str]


def _opened(download: Download) -> tuple[zipfile.ZipFile, dict[str, list[_Member]]]:
    """Return a zip, and the files in it by entry; an empty folder is an entry too."""
    status = download.source.stat()
    return _open(download, (status.st_mtime_ns, status.st_size))


def _path(member: zipfile.ZipInfo) -> str:
    """Return a member's path with forward slashes and without `./`; a folder's has a slash at its end."""
    name = decoded(member)
    path = "/".join(part for part in name.split("/") if part not in ("", "."))
    return f"{path}/" if path and name.endswith("/") else path


@lru_cache(maxsize=2)
def _open(download: Download, _: tuple[int, int]) -> tuple[zipfile.ZipFile, dict[str, list[_Member]]]:
    """Open a zip; kept for the next student, since reading the list of a class's files takes its time."""
    archive = zipfile.ZipFile(download.source)
    members: dict[str, list[_Member]] = {}
    for member in archive.infolist():
        path = _path(member)
        if path.startswith(download.top) and path not in ("", download.top):
            entry, _slash, rest = path.removeprefix(download.top).partition("/")
            own = members.setdefault(entry, [])
            if not path.endswith("/"):
                own.append((member, rest))
    return archive, members
