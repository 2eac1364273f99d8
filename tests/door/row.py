"""A row of the table: what one student hands in, and what has to come of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.door.today import AT_HOME_TODAY, TODAY

__all__ = ["GRADED", "UNREADABLE", "Files", "Home", "Row", "row", "unreadable"]

#: Contents by name. Names may lead through folders.
Files = Mapping[str, bytes]

GRADED, UNREADABLE = "graded", "unreadable"


@dataclass(frozen=True)
class Home:
    """What `autograder check` has to print for the same files.

    Attributes:
        says: words that must occur.
        never: words that must not.
    """

    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One hand-in.

    Attributes:
        what: in words, unique in the table.
        item: number in the list of issue 21.
        build: makes what is handed in.
        student: name of the student's folder, or of the archive without its ending.
        loose: whether the files lie in the class's folder themselves, where a folder per student is expected.
        topic: the assignment.
        verdict: on the submission.
        score: the points, or the least and the most that will do.
        says: words that the student must read, in whatever case.
        never: words that the student must not read.
        notes: words that the instructor must read in the grade.
        step: what the reader has to do next; empty where nothing is to be done. Rows of different steps must
            not have the same sentence.
        home: what `autograder check` has to say; None where the student sees no difference at home.
    """

    what: str
    item: int
    build: Callable[[], Files]
    student: str
    loose: bool = False
    topic: str = "losses"
    verdict: str = GRADED
    score: float | tuple[float, float] = 100
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    step: str = ""
    home: Home | None = None

    @property
    def todo(self) -> str:
        """What happens today instead; empty where it is as it should be."""
        return TODAY.get(self.what, "")

    @property
    def todo_at_home(self) -> str:
        """The same at home."""
        return AT_HOME_TODAY.get(self.what, "")

    @property
    def least_and_most(self) -> tuple[float, float]:
        """The points that will do."""
        return self.score if isinstance(self.score, tuple) else (self.score, self.score)


def row(
    what: str,
    item: int,
    files: Files | Callable[[], Files],
    *,
    student: str | None = None,
    **expected: object,
) -> Row:
    """Return a row; the student is named after what is handed in unless that is the point."""
    build = files if callable(files) else lambda: files
    named = student or f"{item:02}-{re.sub(r'[^a-z0-9]+', '-', what.lower()).strip('-')}"
    return Row(what, item, build, named, **expected)  # type: ignore[arg-type]


def unreadable(what: str, item: int, files: Files | Callable[[], Files], **expected: object) -> Row:
    """Return a row that needs a look: no points, and one sentence that says why."""
    return row(what, item, files, verdict=UNREADABLE, score=0, **expected)  # type: ignore[arg-type]
