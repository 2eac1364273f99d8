"""Collecting the files of one submission: which count, and why the others don't."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from autograder.submissions.rules import MAX_FILE, MAX_FILES, MAX_TOTAL, UnreadableError, is_noise, refusal

#: The bit of a zip member's flags that says that it is encrypted.
_ENCRYPTED = 1


class Gathering:
    """The files of one submission so far.

    Args:
        open_zips: whether a zip among the files stands for what is in it.

    Attributes:
        files: contents by relative name with forward slashes.
        refused: a sentence for each file that was left out.
    """

    def __init__(self, open_zips: bool = False):
        self.files: dict[str, bytes] = {}
        self.refused: list[str] = []
        self._open_zips = open_zips
        self._total = 0
        self._opened = 0

    def offer(
        self, name: str, size: int, read: Callable[[], bytes], unfit: str | None = None, inside: str = ""
    ) -> None:
        """Take a file in, or record why not.

        Args:
            name: relative, with forward slashes.
            size: bytes, as far as is known before it is read.
            read: returns the content, not much longer than that.
            unfit: why it can't count, whatever its name.
            inside: the zip of this submission that it lies in.

        Raises:
            UnreadableError: the submission holds too much.
        """
        path = PurePosixPath(name)
        if is_noise(path):
            return
        opened = self._open_zips and not inside and path.suffix.lower() == ".zip"
        kept = PurePosixPath(inside) / path
        why = refusal(path) or unfit or self._too_large(size, opened) or self._in_the_way(kept)
        if why:
            self.refuse(str(kept), why)
        elif opened:
            self._open(str(path), read())
        else:
            content = read()
            self._total += len(content)
            self.files[str(kept)] = content
        self._stay_small()

    def refuse(self, name: str, why: str) -> None:
        """Leave a file out, with a sentence."""
        self.refused.append(f"{name[:100]!a} was left out: {why}")

    def offer_zip(self, archive: zipfile.ZipFile, inside: str = "") -> None:
        """Take in the members of a zip.

        Raises:
            UnreadableError: it holds too much.
        """
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MAX_FILES:
            raise UnreadableError(f"the zip holds more than {MAX_FILES} files; hand in less")
        for member in sorted(members, key=lambda m: m.filename):
            self.offer_member(archive, member, member.filename, inside)

    def offer_member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, inside: str = ""
    ) -> None:
        """Take in a member of a zip under a name; no more is read of it than the size that it claims."""
        self.offer(name, member.file_size, lambda: archive.read(member), _unfit(member), inside)

    def _open(self, name: str, content: bytes) -> None:
        self._opened += len(content)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self.offer_zip(archive, inside=name)
        except UnreadableError:
            raise
        except Exception as error:  # the library raises many kinds at damaged archives
            self.refuse(name, f"it can't be read as a zip ({error})")

    def _too_large(self, size: int, opened: bool) -> str | None:
        """Zips that are opened may be as large as all files together, and so may all of them together."""
        if opened:
            too_large = size + self._opened > MAX_TOTAL
            return f"the zips are larger than {_megabytes(MAX_TOTAL)}" if too_large else None
        return f"it is larger than {_megabytes(MAX_FILE)}" if size > MAX_FILE else None

    def _in_the_way(self, path: PurePosixPath) -> str | None:
        if str(path) in self.files:
            return "it is there twice"
        return "it lies in a file" if any(str(parent) in self.files for parent in path.parents) else None

    def _stay_small(self) -> None:
        if len(self.files) + len(self.refused) > MAX_FILES or self._total > MAX_TOTAL:
            raise UnreadableError(
                f"the submission holds more than {MAX_FILES} files or {_megabytes(MAX_TOTAL)}; hand in less"
            )


def _megabytes(size: int) -> str:
    return f"{size // 2**20} MB"


def _unfit(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "it is a link" if stat.S_ISLNK(mode) else "it is no regular file"
    return None
