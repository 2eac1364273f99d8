"""Make what a student receives, `assignments/<topic>/`, from its one source, `solutions/<topic>/`."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.clearing import clear_module
from autograder.course.notebook import notebook_text
from autograder.course.outline import exercises_of
from autograder.course.read_checks import checks_of, read_checks
from autograder.course.student_readme import readme_text
from autograder.errors import UserError
from autograder.files import replace_folder

# What pytest, Python and Jupyter leave behind in a folder.
CACHES = {"__pycache__", ".pytest_cache", ".ipynb_checkpoints", ".hypothesis"}


def build_files(assignment: Assignment) -> dict[str, str]:
    """Return the files that a student receives, by name. Equal sources give equal bytes.

    Raises:
        UserError: a source is missing, or its regions, points or titles are not in order.
    """
    skeleton = clear_module(assignment.reference)
    every = read_checks(assignment.checks)
    checks = clear_module(assignment.checks)
    readme = readme_text(
        assignment.name,
        exercises_of(skeleton),
        checks_of(checks, str(assignment.checks)),
        every,
        assignment.forbidden,
    )
    return {
        f"{assignment.name}.py": skeleton,
        f"{assignment.name}.ipynb": notebook_text(assignment.notebook_source),
        f"test_{assignment.name}.py": checks,
        "README.md": readme,
    }


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Make `folder` hold these files and nothing else: all of them, or what it held before.

    Raises:
        UserError: the folder can't be written.
    """
    try:
        with replace_folder(folder) as fresh:
            for name, text in files.items():
                (fresh / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"can't write {folder}: {error.strerror}") from error


def differences(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return unified diffs from what `folder` holds to what it ought to hold; none when they agree."""
    found = (
        {path.name: path for path in folder.iterdir() if path.name not in CACHES} if folder.is_dir() else {}
    )
    names = sorted(found.keys() | files.keys())
    return [diff for name in names if (diff := _difference(folder / name, files.get(name)))]


def _difference(path: Path, wanted: str | None) -> str:
    if wanted is None:
        return f"{path} has no source in solutions/\n"
    if not path.is_file():
        return f"{path} is missing\n"
    held = path.read_bytes().decode("utf-8", errors="replace")
    lines = difflib.unified_diff(
        held.splitlines(keepends=True), wanted.splitlines(keepends=True), str(path), "a fresh build"
    )
    return "".join(lines)
