"""Files: atomic operations, which leave the old content or all of the new, a digest and a zip."""

import errno
import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

#: How a file or folder is called until it is complete.
UNFINISHED = ".autograder-"


def digest_of(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256 over names and contents of files, in hexadecimal digits; their order counts."""
    total = hashlib.sha256()
    for name, content in contents.items():
        total.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
        total.update(content)
    return total.hexdigest()


def code_of(digest: str) -> str:
    """Return a digest's short form, which people can compare by eye: `1a2b-3c4d-5e6f`."""
    return "-".join(digest[at : at + 4] for at in (0, 4, 8))


def zipped(files: Mapping[str, bytes], mode_of: Callable[[str], int] = lambda _: 0o644) -> bytes:
    """Return a zip; equal files give equal bytes, in whatever order they come.

    Args:
        files: contents by name.
        mode_of: gives a file's permissions, by its name.
    """
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(name)  # dated 1980, like every member
            member.create_system = 3  # permissions count; on Windows too, so that the bytes are the same
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = mode_of(name) << 16
            archive.writestr(member, content)
    return whole.getvalue()


#: What keeps every file from being written, whatever its name: no room, no more open files, a broken disk.
_OF_THE_MACHINE = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM),
}


def is_the_machines(error: OSError) -> bool:
    """Return whether an error is the machine's, so that it would hit every other file as well."""
    return error.errno in _OF_THE_MACHINE


def read_regular(path: Path) -> str:
    """Return the text of a regular file.

    Raises:
        OSError: it can't be read, or is something else, such as a pipe, which would never end.
        ValueError: it is not UTF-8.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        with open(descriptor, encoding="utf-8", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def write_atomically(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write a whole file, or leave what stands there.

    Args:
        path: in a folder that exists.
        content: text is written as UTF-8, with backslash escapes for what UTF-8 can't encode.
        mode: the file's permissions.

    Raises:
        OSError: it can't be written.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    with NamedTemporaryFile(dir=path.parent, prefix=UNFINISHED, delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, mode)
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


@contextmanager
def replace_folder(target: Path) -> Iterator[Path]:
    """Give an empty staging folder, which at the end of the `with` takes the place of `target`.

    Where the body or the exchange fails, `target` is as before.

    Args:
        target: need not exist; its parent is made.

    Yields:
        The staging folder, on the file system of `target`.

    Raises:
        OSError: a folder can't be made or replaced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=UNFINISHED, dir=target.parent) as staging:
        fresh, old = Path(staging, "fresh"), Path(staging, "old")
        fresh.mkdir()
        yield fresh
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
