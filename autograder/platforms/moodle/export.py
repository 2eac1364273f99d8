"""Moodle's offline grading worksheet, a CSV file that Moodle exports and imports again.

Names stay as they are. Moodle reads feedback as HTML, so text that may be a student's is escaped. A cell of
feedback begins with an HTML tag, so no spreadsheet takes it for a formula.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from autograder.errors import UserError
from autograder.grading.result import CheckResult, Grade
from autograder.platforms.export import Filled, code_line
from autograder.platforms.graded import Graded
from autograder.platforms.sheet import Sheet, keys, letters, place, scale_note, scaled
from autograder.verdicts import CheckVerdict

_IDENTIFIER, _NAME, _EMAIL = "Identifier", "Full name", "Email address"
_GRADE, _BEST, _MODIFIED = "Grade", "Maximum Grade", "Last modified (grade)"
_OPEN, _COMMENTS = "Grade can be changed", "Feedback comments"
#: The name of everybody in a download with anonymous students.
_ANONYMOUS = "Participant"


def fill(graded: Sequence[Graded], gradebook: Path | None, column: str | None) -> Filled:
    """Put grades and feedback into the worksheet, on its own scale; without one, make one.

    Args:
        graded: the class.
        gradebook: what Moodle exported.
        column: must be None, since a worksheet is for one assignment only.

    Raises:
        UserError: the file is not a worksheet, or a column is named.
    """
    if column is not None:
        raise UserError("a grading worksheet is of one assignment; leave --column out")
    sheet = Sheet.read(gradebook) if gradebook else _made_of(graded)
    if sheet.column(_IDENTIFIER) is None or sheet.column(_GRADE) is None:
        raise UserError(
            f"{gradebook} is no grading worksheet of Moodle: it has no columns {_IDENTIFIER} and {_GRADE}; "
            "download it with the language set to English"
        )
    placed, notes = place(sheet, graded, _keys, range(len(sheet.rows)), label=_label(sheet))
    kept = {row: why for row, one in placed.items() if (why := _kept_as_it_is(sheet, row, one))}
    for row, one in placed.items():
        if row not in kept:
            _fill_row(sheet, row, one)
    if sheet.column(_COMMENTS) is None:
        notes.append(f"there is no column {_COMMENTS} in the worksheet, so it holds grades without feedback")
    best = sheet.cell(0, _BEST) if sheet.rows else ""
    notes += [*kept.values(), *scale_note(placed.values(), best)]
    return Filled(sheet.text(), len(placed) - len(kept), notes)


def _kept_as_it_is(sheet: Sheet, row: int, one: Graded) -> str:
    """Return why a row must stay as it is, as a line; an empty text if it may be filled in."""
    student, name = one.grade.student, sheet.cell(row, _NAME)
    if sheet.cell(row, _OPEN).strip().casefold() == "no":
        return f"{student} has a grade that Moodle has locked; the row is left as it is"
    if one.person.platform == "moodle" and not _one_person(name, one.person.full_name):
        return f"{student} has the number of {name} in the worksheet, which may be of another kind; left out"
    return ""


def _fill_row(sheet: Sheet, row: int, one: Graded) -> None:
    score = scaled(one, sheet.cell(row, _BEST))
    for name, value in ((_GRADE, str(score)), (_COMMENTS, _comment(one.grade))):
        column = sheet.column(name)
        if column is not None:
            sheet.rows[row][column] = value


def _keys(graded: Graded) -> list[tuple[str, str]]:
    number = graded.person.user_id and f"Participant {graded.person.user_id}"
    return keys(graded, "moodle", (_IDENTIFIER, number), (_EMAIL, "ID number", "Username"))


def _label(sheet: Sheet) -> int:
    return next(at for name in (_NAME, _IDENTIFIER) if (at := sheet.column(name)) is not None)


def _one_person(here: str, there: str) -> bool:
    """Whether two spellings of a name agree: the one in a file's name lacks some characters.

    It may also begin with more of them.
    """
    if there == _ANONYMOUS or not letters(here) or not letters(there):
        return True
    return letters(there).endswith(letters(here))


def _comment(grade: Grade) -> str:
    """Return what the student reads as HTML."""
    lost = [check for check in grade.checks if check.verdict != CheckVerdict.PASSED]
    passed = f"{len(grade.checks) - len(lost)} of {len(grade.checks)} checks passed"
    items = [_item(check) for check in lost]
    said = " ".join(filter(None, [escape(grade.feedback), code_line(grade)]))
    text = f"<p>{grade.score:g} of {grade.max_score:g} points; {passed}. {said}</p>"
    return "<br>".join((text + (f"<ul>{''.join(items)}</ul>" if items else "")).splitlines())


def _item(check: CheckResult) -> str:
    advice = f"<p><em>{escape(check.advice)}</em></p>" if check.advice else ""
    points = f"{check.points:g} of {check.max_points:g}"
    said = f": {escape(check.rationale)}" if check.rationale else ""
    return f"<li>{escape(check.title)} ({points}){said}{advice}</li>"


def _made_of(graded: Sequence[Graded]) -> Sheet:
    """Make a worksheet of the students whose number in Moodle is known."""
    header = [_IDENTIFIER, _NAME, _GRADE, _BEST, _MODIFIED, _COMMENTS]
    people = [one for one in graded if one.person.platform == "moodle" and one.person.user_id]
    return Sheet(
        header,
        [
            [f"Participant {p.person.user_id}", p.person.full_name, "", f"{p.grade.max_score:g}", "-", ""]
            for p in people
        ],
    )
