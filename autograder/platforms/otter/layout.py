"""Where things lie when otter grades: `source/`, `submission/` and `results/` in one folder."""

import shutil
from collections.abc import Container
from pathlib import Path

__all__ = ["handed_in", "move_all", "otters_own"]


def handed_in(folder: Path) -> Path:
    """Return where the submission is kept on Gradescope, from before otter has looked at it."""
    return folder / "handed_in"


def move_all(submission: Path, place: Path, but: Container[str] = ()) -> None:
    """Move all entries of a folder, but for some names, to a new folder; links stay links."""
    place.mkdir()
    for entry in list(submission.iterdir()):
        if entry.name not in but:
            shutil.move(entry, place / entry.name)


def otters_own(folder: Path) -> set[str]:
    """Return the names of what otter itself put among the student's files."""
    own = {"tests", *(path.name for path in (folder / "source" / "files").iterdir())}
    package = folder / "submission" / "__init__.py"
    return own | {package.name} if package.is_file() and package.stat().st_size == 0 else own
