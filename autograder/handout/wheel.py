"""The engine's wheel, made anew from what is installed: no network and no build tool are needed.

A wheel is a zip of the package's files and its metadata, with a RECORD of their digests; see the packaging
guide's "Binary distribution format".
"""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath

import autograder
from autograder.errors import UserError
from autograder.files import zipped

NAME = "dl-autograder"
_TAGS = "Wheel-Version: 1.0\nGenerator: autograder handout\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
#: Of the metadata, what only says how this copy came to be installed.
_LOCAL = {"INSTALLER", "REQUESTED", "RECORD", "WHEEL", "direct_url.json"}


def wheel() -> tuple[str, bytes]:
    """Return the wheel's name and content. Equal installs give equal bytes.

    Raises:
        UserError: the engine is not installed, so that nothing tells its version.
    """
    installed = distribution(NAME)
    stem = f"{NAME.replace('-', '_')}-{installed.version}"
    about = f"{stem}.dist-info"
    files = dict(_package_files())
    files |= {f"{about}/{name}": content for name, content in _metadata(installed)}
    files[f"{about}/WHEEL"] = _TAGS.encode()
    if f"{about}/METADATA" not in files:
        raise UserError(f"the installed {NAME} has no metadata; install it again")
    files[f"{about}/RECORD"] = _record(files, f"{about}/RECORD").encode()
    return f"{stem}-py3-none-any.whl", zipped(files)


def _package_files() -> Iterator[tuple[str, bytes]]:
    folder = Path(autograder.__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
            yield f"autograder/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _metadata(installed: Distribution) -> Iterator[tuple[str, bytes]]:
    """Give the files of the metadata, by their names in its folder."""
    for file in installed.files or []:
        parts = PurePosixPath(file).parts
        if parts[0].endswith(".dist-info") and parts[1] not in _LOCAL:
            yield "/".join(parts[1:]), Path(str(file.locate())).read_bytes()


def _record(files: dict[str, bytes], name: str) -> str:
    """Return a line for each file: its name, digest and size; of the record itself the name alone."""
    lines = [f"{file},sha256={_digest(content)},{len(content)}" for file, content in sorted(files.items())]
    return "\n".join([*lines, f"{name},,"]) + "\n"


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
