"""The packages that grading needs, at the versions that are installed here."""

from autograder.errors import UserError
from autograder.requirements import required_packages

_NAME = "dl-autograder"
#: Of the instructor's packages, those that grading and `autograder doctor` import.
_MORE = ("msgpack", "packaging", "platformdirs", "rich")
#: The zip is made on any system, and runs on this one.
_LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}


def pinned_requirements() -> list[str]:
    """Return `name==version` for every package that grading needs, directly or not, sorted.

    Raises:
        UserError: one of them is not installed.
    """
    packages = required_packages([_NAME, *_MORE], _LINUX)
    del packages[_NAME]
    absent = [name for name, package in packages.items() if package is None]
    if absent:
        raise UserError(
            f"the package {absent[0]} is needed for grading; install it with: "
            "pip install 'dl-autograder[instructor]'"
        )
    return [f"{name}=={package.version}" for name, package in packages.items() if package]
