"""The gradebook as a CSV file."""

import csv
import io
from collections.abc import Mapping, Sequence

from autograder.grading.result import Grade
from autograder.verdicts import SubmissionVerdict

#: The file's name, in the folder of the grades.
GRADES_CSV = "grades.csv"
#: What a spreadsheet takes for the beginning of a formula, or leaves out before one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def grades_csv(grades: Sequence[Grade], late: Mapping[str, bool] | None = None) -> str:
    """Return the text of `grades.csv`: a row per student, in the order given.

    Columns are student, score, max_score, verdict and needs_a_look, then the points for each check under the
    check's id. The cell is empty if a submission has no result for a check. A column `late` follows if
    anything is known of it.

    A name that a spreadsheet would take for a formula gets an apostrophe before it; `grade.json` has the
    name as it is.

    Args:
        grades: of one assignment.
        late: by student, whether the submission was late; without the students of whom that is not known.
    """
    ids = list(dict.fromkeys(check.id for grade in grades for check in grade.checks))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    flag = ["late"] if late else []
    writer.writerow(["student", "score", "max_score", "verdict", "needs_a_look", *flag, *ids])
    for grade in grades:
        points = {check.id: check.points for check in grade.checks}
        look = "yes" if grade.verdict == SubmissionVerdict.UNREADABLE else "no"
        row = [as_cell(grade.student), grade.score, grade.max_score, grade.verdict, look]
        if late:
            row.append({True: "yes", False: "no", None: ""}[late.get(grade.student)])
        writer.writerow([*row, *(points.get(name, "") for name in ids)])
    return text.getvalue()


def as_cell(name: str) -> str:
    """Return a student's name as it stands in the gradebook."""
    return f"'{name}" if name.startswith(_FORMULA) else name
