"""Files: atomic operations, which leave the old content or all of the new, and a digest."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory


def digest_of(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256 over names and contents of files, in hexadecimal digits; their order counts."""
    total = hashlib.sha256()
    for name, content in contents.items():
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


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
    with NamedTemporaryFile(dir=path.parent, prefix=".autograder-", delete=False) as file:
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
    with TemporaryDirectory(prefix=".autograder-", dir=target.parent) as staging:
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
