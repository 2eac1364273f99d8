"""The files that a zip must hold to grade one topic elsewhere: this package, and a part of the course."""

import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import autograder
from autograder.course.assignment import SOLUTIONS, Assignment, assignment_names, find_assignment
from autograder.course.references import compared_with
from autograder.course.secret import SECRET_FILE, course_secret

#: The folder in the zip that holds this package; it is put on Python's module search path.
LIBRARY = "lib"

Files = dict[str, bytes]


def package_files() -> Files:
    """Return this package's files and its metadata, by their names in the zip."""
    folder = Path(autograder.__file__).parent
    files = {f"{LIBRARY}/autograder/{name}": content for name, content in _contents(folder)}
    number = version("dl-autograder")
    metadata = f"Metadata-Version: 2.1\nName: dl-autograder\nVersion: {number}\n"
    return {**files, f"{LIBRARY}/dl_autograder-{number}.dist-info/METADATA": metadata.encode()}


def course_files(assignment: Assignment) -> Files:
    """Return the files of a course that grades the topic as it is graded here.

    These are the topic's solutions and checks, the references of other topics that its checks name, and the
    course's grading secret, which is made if it is missing.

    Raises:
        UserError: such a reference is missing, or the secret can be neither read nor made.
    """
    compared_with(assignment)  # refused here, not by the autograder that is made of these files
    course_secret(assignment.course)
    files = {SECRET_FILE: (assignment.course / SECRET_FILE).read_bytes()}
    for name, content in _contents(assignment.folder):
        if name.endswith(".py"):
            files[f"{SOLUTIONS}/{assignment.name}/{name}"] = content
    for name in _named_in(assignment):
        reference = find_assignment(name, assignment.course).reference
        files[f"{SOLUTIONS}/{name}/{reference.name}"] = reference.read_bytes()
    return files


def _named_in(assignment: Assignment) -> list[str]:
    words = set(re.findall(r"\w+", assignment.checks.read_text(encoding="utf-8")))
    return [name for name in assignment_names(assignment.course) if name in words - {assignment.name}]


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()
