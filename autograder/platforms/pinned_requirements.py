"""The packages that grading needs, at the versions that are installed here."""

from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.errors import UserError

__all__ = ["pinned_requirements"]

#: Of the instructor's packages, those that grading and `autograder doctor` import.
_MORE = ("msgpack", "rich")
#: The zip is made on any system, and runs on this one.
_LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "extra": ""}


def pinned_requirements() -> list[str]:
    """Return `name==version` for all that is needed, and all that this needs, sorted.

    Raises:
        UserError: one of them is not installed.
    """
    found: dict[str, str] = {}
    waiting = ["dl-autograder", *_MORE]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found[name], needed = _look_up(name)
            waiting += needed
    del found["dl-autograder"]
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def _look_up(name: str) -> tuple[str, list[str]]:
    """Return a package's version, and the names of what it needs on Linux."""
    try:
        installed = distribution(name)
    except PackageNotFoundError as error:
        raise UserError(
            f"the package {name} is needed for grading; install it with: "
            "pip install 'dl-autograder[instructor]'"
        ) from error
    needed = map(Requirement, installed.requires or ())
    return installed.version, [r.name for r in needed if r.marker is None or r.marker.evaluate(_LINUX)]
