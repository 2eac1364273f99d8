"""A course's grading secret: a file at the course's root that the first grading makes."""

import json
import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from autograder.errors import UserError
from autograder.seeds import GradingSeed, NumberedSeed, SecretSeed

#: The file's name, in the folder that holds `solutions/`.
SECRET_FILE = ".grading-secret"

_BYTES = 32


def grading_seed(course: Path, given: GradingSeed | int | None) -> GradingSeed:
    """Return the seed to grade with: the one that is given, else the course's secret.

    Raises:
        UserError: the course's secret can be neither read nor made.
    """
    if given is None:
        return course_secret(course)
    return NumberedSeed(given) if isinstance(given, int) else given


def course_secret(course: Path) -> SecretSeed:
    """Return the course's secret; make it where it is missing.

    Raises:
        UserError: it can be neither read nor made.
    """
    path = course / SECRET_FILE
    if not os.path.lexists(path):
        _make(path)
    return read_secret(path)


def read_secret(path: Path) -> SecretSeed:
    """Return the secret that stands in a file.

    Raises:
        UserError: the file can't be read or holds something else.
    """
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as error:
        raise UserError(f"the grading secret can't be read from {path}: {error.strerror}") from error
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        # Raised here, not in the clause above: that exception would quote the file's content.
        raise UserError(f"{path} is no grading secret; one is {2 * _BYTES} hexadecimal digits")
    return SecretSeed(secret)


def secret_warning(course: Path) -> str | None:
    """Return a sentence where the course's secret is missing or others can read it, else None."""
    path = course / SECRET_FILE
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return f"{path} is missing; the first grading will make it."
    except OSError as error:
        return f"{path} can't be looked at: {error.strerror}."
    if mode & 0o077:
        return f"Others can read {path}; forbid it with: chmod 600 {path}"
    return None


def demonstration_warning(course: Path) -> str | None:
    """Return a sentence where a sample class was graded with the course's secret, else None.

    Such a class is graded to be shown, and what its files say of hidden checks holds what those checks draw.
    """
    path = course / SECRET_FILE
    shown = [grade.parents[1] for grade in sorted(course.glob("*/reference/grade.json"))]
    try:
        ours = [folder for folder in shown if _fingerprint_in(folder) == read_secret(path).fingerprint]
    except UserError:  # there is no secret
        return None
    if not ours:
        return None
    return (
        f"{ours[0]} holds a sample class that was graded with {path}, and shows what hidden checks draw. "
        f"If others may have seen it, remove {path} before you grade a class: the next grading makes another."
    )


def _fingerprint_in(grades: Path) -> str | None:
    """Return the fingerprint of the seed that a sample class was graded with; None where none is told."""
    try:
        content = json.loads((grades / "reference" / "grade.json").read_text(encoding="utf-8"))
        fingerprint = content["manifest"]["seed_fingerprint"]
    except (OSError, ValueError, KeyError, TypeError):  # no grade of ours
        return None
    return fingerprint if isinstance(fingerprint, str) else None


def _make(path: Path) -> None:
    """Write a new secret to a file that only its owner can read.

    Of two processes that do so at once, the first wins: making a hard link is atomic and replaces no file.
    """
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f"{SECRET_FILE}-") as file:
            file.write(f"{secrets.token_hex(_BYTES)}\n".encode())
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, path)
    except FileExistsError:
        return
    except OSError as error:
        raise UserError(
            f"the grading secret can't be written to {path}: {error.strerror}; "
            "`autograder grade --secret FILE` takes one that stands elsewhere"
        ) from error
