"""Students are written one by one: whatever one student's files do, the others are written."""

import errno
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from autograder.errors import UserError
from autograder.platforms.nbgrader.gradebook import _Writer
from autograder.submissions.hand_in import HandIn


class Stumbling(_Writer):
    """Writes nobody, and stumbles over mallory."""

    def __init__(self, error: Exception):
        self.error = error
        self.new, self.failed = [], []
        self.gradebook = SimpleNamespace(db=SimpleNamespace(rollback=lambda: None))

    def write(self, hand_in: HandIn, grade: Any) -> bool:
        if hand_in.student == "mallory":
            raise self.error
        return True


def written(error: Exception) -> Stumbling:
    writer = Stumbling(error)
    for student in ("ada", "mallory", "zoe"):
        writer.write_apart(HandIn(student, lambda: ({}, [])), None)
    return writer


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "mallory (Permission denied)"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "mallory (Is a directory)"),
        ("\ud800".encode, "mallory (UnicodeEncodeError: "),
        (RecursionError("too deep\nreally"), "mallory (RecursionError: too deep)"),
        (ValueError(), "mallory (ValueError: ValueError)"),
    ],
)
def test_one_who_can_not_be_written_is_named(error: Any, said: str) -> None:
    if callable(error):
        try:
            error()
        except UnicodeEncodeError as raised:
            error = raised
    writer = written(error)
    assert writer.new == [True, True]
    assert writer.failed[0].startswith(said)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), UserError),
        (DatabaseError("", {}, Exception()),) * 2,
    ],
)
def test_what_would_hit_everybody_stops(error: Exception, kind: Any) -> None:
    with pytest.raises(kind if isinstance(kind, type) else DatabaseError):
        written(error)
