"""The package as a wheel, without a network: built in a checkout, else made of what is installed."""

import base64
import hashlib
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import autograder
from autograder.errors import UserError
from autograder.files import zipped

_NAME = "dl-autograder"
_BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
#: What an installer writes beside what was in the wheel; `direct_url.json` holds a path of this machine.
_INSTALLERS = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"}


class Wheel(NamedTuple):
    """A wheel: the name that pip reads its version from, and the bytes. Equal sources give equal bytes."""

    name: str
    content: bytes


def make_wheel() -> Wheel:
    """Return this package as a wheel.

    Raises:
        UserError: it can't be built, or what is installed is not whole.
    """
    checkout = Path(autograder.__file__).parents[1]
    return _built(checkout) if (checkout / "pyproject.toml").is_file() else repacked(distribution(_NAME))


def _built(checkout: Path) -> Wheel:
    """Build it with the backend that is installed here, as `make install` does."""
    with TemporaryDirectory() as folder:
        # -P: no file of the checkout takes the place of a package.
        command = [sys.executable, "-P", "-c", _BUILD, folder]
        ran = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        found = list(Path(folder).glob("*.whl"))
        if ran.returncode or not found:
            why = (ran.stderr.strip().splitlines() or ["it says nothing"])[-1]
            raise UserError(f"the wheel can't be built ({why}); `make install` installs what it takes")
        return Wheel(found[0].name, found[0].read_bytes())


def repacked(installed: Distribution) -> Wheel:
    """Put the wheel together again from which an installed package came, by its RECORD.

    Args:
        installed: the package; one that only points to a checkout has no files of its own.

    Raises:
        UserError: a file is missing, or has changed since it was installed.
    """
    files: dict[str, bytes] = {}
    for path in installed.files or ():
        if not _is_the_wheels(path):
            continue
        files[path.as_posix()] = _read(path)
    if not any(name == "autograder/__init__.py" for name in files):
        raise UserError("the installed package lists no files of its own; install it from a wheel")
    about = next(name.partition("/")[0] for name in files if name.endswith(".dist-info/WHEEL"))
    files[f"{about}/RECORD"] = _record(f"{about}/RECORD", files)
    return Wheel(f"{about.removesuffix('.dist-info')}-{_tag(files[f'{about}/WHEEL'])}.whl", zipped(files))


def _is_the_wheels(path: PackagePath) -> bool:
    """Whether a file was in the wheel: no script, no bytecode, no note of the installer's."""
    made_here = "__pycache__" in path.parts or (
        path.parent.suffix == ".dist-info" and path.name in _INSTALLERS
    )
    return ".." not in path.parts and not made_here


def _read(path: PackagePath) -> bytes:
    try:
        content = path.read_binary()
    except OSError as error:
        raise UserError(f"the installed package lacks {path} ({error.strerror}); install it again") from error
    if path.hash is not None and _digest(content) != path.hash.value:
        raise UserError(f"{path} has changed since it was installed; install the package again")
    return content


def _tag(about: bytes) -> str:
    """Return for which Python and system a wheel is, as its file WHEEL tells."""
    lines = about.decode().splitlines()
    return next(line.partition(": ")[2] for line in lines if line.startswith("Tag: "))


def _record(own: str, files: Mapping[str, bytes]) -> bytes:
    rows = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    return "\n".join([*rows, f"{own},,", ""]).encode()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
