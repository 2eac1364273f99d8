"""The folders that otter grades in: `source/`, `submission/` and `results/`, side by side."""

import shutil
from collections.abc import Container
from pathlib import Path


def handed_in(folder: Path) -> Path:
    """Return the folder that keeps the submission on Gradescope, since before otter starts."""
    return folder / "handed_in"


def move_all(submission: Path, place: Path, but: Container[str] = ()) -> None:
    """Move all entries of a folder, except some names, to a new folder; links stay links."""
    place.mkdir()
    for entry in list(submission.iterdir()):
        if entry.name not in but:
            shutil.move(entry, place / entry.name)


def otters_own(folder: Path) -> set[str]:
    """Return the names of the files and folders that otter put among the student's."""
    own = {"tests", *(path.name for path in (folder / "source" / "files").iterdir())}
    package = folder / "submission" / "__init__.py"
    return own | {package.name} if package.is_file() and package.stat().st_size == 0 else own
