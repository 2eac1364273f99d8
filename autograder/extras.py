"""Importing what needs the instructor's packages, with a clear error where they are missing."""

from importlib import import_module
from types import ModuleType

from autograder.errors import UserError


def import_with_extra(module: str, what: str) -> ModuleType:
    """Import one of our modules.

    Args:
        module: its full name.
        what: what the user asked for; the error's sentence begins with it.

    Raises:
        UserError: a package that it needs is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("autograder"):
            raise
        package = error.name.partition(".")[0]
        raise UserError(
            f"{what} needs the package {package}; install it with: pip install 'dl-autograder[instructor]'"
        ) from error
