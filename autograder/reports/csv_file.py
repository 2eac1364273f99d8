"""The gradebook as a CSV file."""

import csv
import io
from collections.abc import Mapping, Sequence

from autograder.grading.result import Grade


def grades_csv(grades: Sequence[Grade], late: Mapping[str, bool] | None = None) -> str:
    """Return the text of `grades.csv`: a row per student, in the order given.

    Columns are student, score, max_score and verdict, then the points for each check under the check's id.
    The cell is empty if a submission has no result for a check. A column `late` follows the verdict if
    anything is known of it.

    Names are written as they are, even those that begin with `=`, `+`, `-` or `@`: programs read the file,
    and must find the same name again. Import such a file into a spreadsheet as text.

    Args:
        grades: of one assignment.
        late: by student, whether the submission was late; without the students of whom that is not known.
    """
    ids = list(dict.fromkeys(check.id for grade in grades for check in grade.checks))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    flag = ["late"] if late else []
    writer.writerow(["student", "score", "max_score", "verdict", *flag, *ids])
    for grade in grades:
        points = {check.id: check.points for check in grade.checks}
        row = [grade.student, grade.score, grade.max_score, grade.verdict]
        if late:
            row.append({True: "yes", False: "no", None: ""}[late.get(grade.student)])
        writer.writerow([*row, *(points.get(name, "") for name in ids)])
    return text.getvalue()
