"""The gradebook that Canvas exports as a CSV file and imports again, with one assignment's column filled in.

Below the header come rows that belong to no student: `Points Possible`, and another one if grades are posted
by hand. Only numbers are written, so no cell becomes a formula for a spreadsheet.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import UserError
from autograder.platforms.export import Filled
from autograder.platforms.graded import Graded
from autograder.platforms.sheet import Sheet, keys, letters, place, scale_note, scaled


def fill(graded: Sequence[Graded], gradebook: Path | None, column: str | None) -> Filled:
    """Put the scores into the gradebook, on the scale of its row `Points Possible`.

    Args:
        graded: the class.
        gradebook: what Canvas exported.
        column: the assignment's name there, with or without its number; by default the one that contains the
            topic's name.

    Raises:
        UserError: there is no gradebook, it is not one of Canvas, or no single column fits.
    """
    if gradebook is None:
        raise UserError(
            "Canvas takes grades in its own table: export the gradebook and name it with --gradebook"
        )
    sheet = Sheet.read(gradebook)
    number = sheet.column("ID")
    if number is None or (sheet.column("Student") is None and sheet.column("LastName") is None):
        raise UserError(f"{gradebook} is no gradebook of Canvas: it has no columns Student and ID")
    target = _column(sheet, column or graded[0].grade.assignment, gradebook)
    best = next((row[target] for row in sheet.rows if "Points Possible" in row[0]), "")
    students = [i for i, row in enumerate(sheet.rows) if row[number].strip()]
    placed, notes = place(sheet, graded, _keys, students, label=0)
    excused = [row for row in placed if sheet.rows[row][target].strip().casefold() == "ex"]
    for row in excused:
        notes.append(f"{placed.pop(row).grade.student} is excused in Canvas and stays so")
    for row, one in placed.items():
        sheet.rows[row][target] = str(scaled(one, best))
        notes += _doubt(" ".join(sheet.rows[row][:number]), one)
    return Filled(sheet.text(), len(placed), notes + scale_note(placed.values(), best))


def _keys(graded: Graded) -> list[tuple[str, str]]:
    return keys(graded, "canvas", ("ID", graded.person.user_id), ("SIS User ID", "SIS Login ID"))


def _doubt(name: str, one: Graded) -> list[str]:
    """Return a line if the download has another name for that user: a group's, or a misleading one."""
    known = one.person.full_name
    if one.person.platform != "canvas" or not known:
        return []
    if sorted(letters(known)) == sorted(letters(name)):  # whichever name comes first
        return []
    return [f"{one.grade.student} is {name} in the gradebook; see that it is the same person"]


def _column(sheet: Sheet, wanted: str, gradebook: Path) -> int:
    """Return the column of that name, or the only one that contains it; Canvas adds a number in brackets."""
    assignments = {i: name for i, name in enumerate(sheet.header) if re.search(r" \([0-9]+\)\s*$", name)}
    exact = [i for i, name in assignments.items() if wanted in (name, name.rpartition(" (")[0])]
    found = exact or [i for i, name in assignments.items() if wanted.casefold() in name.casefold()]
    if len(found) != 1:
        raise UserError(
            f"{gradebook} has {'no column' if not found else 'more than one column'} for {wanted!r}; "
            f"name one with --column: {', '.join(assignments.values()) or 'there is none'}"
        )
    return found[0]
