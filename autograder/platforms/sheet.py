"""A table that a platform exported, to be filled in and imported again. Nothing else in it is changed."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder.errors import UserError
from autograder.platforms.graded import Graded
from autograder.scoring import as_number
from autograder.verdicts import SubmissionVerdict

#: The byte order mark, with which some programs begin a file in UTF-8 so that spreadsheets read it as such.
_MARK = "\ufeff"


@dataclass
class Sheet:
    """Rows of text under a header.

    Attributes:
        header: the columns' names.
        rows: the rows below, each as long as the header.
        delimiter: the character between two columns.
        ending: the line ending of the file.
        mark: the byte order mark that the file begins with, or an empty text.
    """

    header: list[str]
    rows: list[list[str]]
    delimiter: str = ","
    ending: str = "\n"
    mark: str = ""

    @classmethod
    def read(cls, path: Path) -> "Sheet":
        """Read a CSV file with commas or semicolons.

        Raises:
            UserError: it can't be read.
        """
        try:
            text = path.read_bytes().decode()
            first = text.partition("\n")[0]
            delimiter = ";" if first.count(";") > first.count(",") else ","
            plain = io.StringIO(text.removeprefix(_MARK), newline="")
            lines = [line for line in csv.reader(plain, delimiter=delimiter, strict=True) if line]
        except OSError as error:
            raise UserError(f"{path} can't be read: {error.strerror}") from error
        except (UnicodeDecodeError, csv.Error) as error:
            raise UserError(f"{path} is no CSV file in UTF-8 ({error}); export it again") from error
        if not lines:
            raise UserError(f"{path} is empty; export it again")
        header, *rows = lines
        padded = [row + [""] * (len(header) - len(row)) for row in rows]
        ending = "\r\n" if first.endswith("\r") else "\n"
        return cls(header, padded, delimiter, ending, _MARK if text.startswith(_MARK) else "")

    def column(self, name: str) -> int | None:
        """Return the position of a column, or None if there is none; upper and lower case are the same."""
        names = [column.strip().casefold() for column in self.header]
        return names.index(name.casefold()) if name.casefold() in names else None

    def cell(self, row: int, name: str) -> str:
        """Return the cell of a row in a column; an empty text if there is no such column."""
        column = self.column(name)
        return "" if column is None else self.rows[row][column]

    def text(self) -> str:
        """Return the content of the file."""
        return self.mark + "".join(self._line(row) for row in [self.header, *self.rows])

    def _line(self, row: Sequence[str]) -> str:
        """Return a line of the file; a cell with any kind of line ending in it is quoted."""
        written = io.StringIO()
        csv.writer(written, delimiter=self.delimiter, lineterminator="\r\n").writerow(row)
        return written.getvalue().removesuffix("\r\n") + self.ending


def keys(
    graded: Graded, platform: str, own: tuple[str, str], columns: Sequence[str]
) -> list[tuple[str, str]]:
    """Return where a student can be found in a table: pairs of a column's name and the value there.

    Args:
        graded: the student.
        platform: the platform that the table is from.
        own: where the platform's own number is, and the student's; used if the submission came from there.
        columns: names of columns that may hold the student's other numbers, address or name.
    """
    if graded.person.platform == platform:
        return [own]
    names = (graded.person.sis_id, graded.person.email, graded.grade.student)
    return [(column, name) for name in names for column in columns]


def place(
    sheet: Sheet,
    graded: Sequence[Graded],
    keys_of: Callable[[Graded], list[tuple[str, str]]],
    rows: Sequence[int],
    label: int,
) -> tuple[dict[int, Graded], list[str]]:
    """Find each student's row.

    Args:
        sheet: the table.
        graded: the class.
        keys_of: returns pairs of a column's name and the value that a student has there, the most reliable
            first. An empty value matches no row.
        rows: the positions of the rows that are students'.
        label: the column that tells people whose row it is.

    Returns:
        The students by the position of their row, and a line for each student without a row or whose score is
        held back, and for each row without a grade.
    """
    placed: dict[int, Graded] = {}
    held: set[int] = set()
    notes: list[str] = []
    # Who handed in nothing comes last: the row may be that of a submission that the roster did not match.
    for one in sorted(graded, key=lambda one: one.grade.verdict == SubmissionVerdict.ABSENT):
        found = _found(sheet, keys_of(one), rows)
        if one.held:
            notes.append(f"{one.grade.student} {one.held}")
            held.update(found)
        elif len(found) == 1 and found[0] not in placed:
            placed[found[0]] = one
        else:
            why = ("no row", "another's row", "more than one row")[min(len(found), 2)]
            notes.append(f"{one.grade.student} ({one.grade.score:g} points) has {why} in the table; left out")
    notes += [
        f"{sheet.rows[row][label]} has no grade; the row is left as it is"
        for row in rows
        if row not in placed and row not in held
    ]
    return placed, notes


def _found(sheet: Sheet, keys: Iterable[tuple[str, str]], rows: Sequence[int]) -> list[int]:
    for name, value in keys:
        column = sheet.column(name)
        wanted = value.strip().casefold()
        if column is not None and wanted:
            found = [row for row in rows if sheet.rows[row][column].strip().casefold() == wanted]
            if found:
                return found
    return []


def scaled(graded: Graded, best: str) -> float:
    """Return the score on the platform's scale, rounded once; unchanged if `best` is not a number."""
    return as_number(Fraction(str(graded.grade.score)) * _factor(graded, best))


def scale_note(graded: Iterable[Graded], best: str) -> list[str]:
    """Return a line that says that scores were scaled, if any were."""
    scales = {f"{one.grade.max_score:g}" for one in graded if _factor(one, best) != 1}
    return [f"scores out of {' or '.join(sorted(scales))} were scaled to {best.strip()}"] if scales else []


def _factor(graded: Graded, best: str) -> Fraction:
    try:
        return Fraction(best.strip().replace(",", ".")) / Fraction(str(graded.grade.max_score))
    except (ValueError, ZeroDivisionError):
        return Fraction(1)


def letters(name: str) -> str:
    """Return the letters and digits of a name, to compare spellings of it.

    Names of files lack the other characters, and some systems store an accent apart from its letter.
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", name)).casefold()
