"""Forbidden packages at home: the same verdict as in grading, even if a package is installed here."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path

from autograder.sandbox.inside.imports import Imports, forbidden
from autograder.sandbox.inside.stand_ins import Refusal


def without(packages: Collection[str], folder: Path) -> AbstractContextManager[None]:
    """Keep packages from the modules in a student's folder, for the length of a `with` block.

    They can import the packages, and fail where they use them, as in the sandbox. All others, such as
    pytest's plugins, NumPy and the checks themselves, import what they like.
    """

    def refuse(name: str) -> Refusal | None:
        top = name.partition(".")[0]
        return forbidden(top) if top in packages else None

    return Imports(refuse, lambda file: is_students(Path(file), folder)).installed()


def is_students(file: Path, folder: Path) -> bool:
    """Return whether a file is the student's, in that folder: no checks and no installed package."""
    installed = {"site-packages", "dist-packages"}.intersection(file.parts)
    return file.is_relative_to(folder) and not installed and not file.name.startswith(("test_", "conftest"))
