"""What runs in Gradescope's container: `python -m autograder.platforms.gradescope.run /autograder`."""

import json
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from autograder.course.assignment import find_assignment
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.grading import Grade, grade_submission
from autograder.platforms.gradescope.export import failure, results
from autograder.printable import as_json


def main(folder: Path) -> None:
    """Grade the submission in Gradescope's folder and write its results.json, whatever happens."""
    try:
        content = _grade(folder)
    except Exception as error:
        content = failure(report(error))
    write_results(folder, content)


def report(error: Exception) -> str:
    """Print the traceback, which Gradescope shows to instructors only, and return one line on the error."""
    traceback.print_exception(error)
    return f"{error}." if isinstance(error, UserError) else f"{type(error).__name__} in the grader."


def write_results(folder: Path, content: Mapping[str, object]) -> None:
    """Write results.json atomically."""
    write_atomically(folder / "results" / "results.json", as_json(content))


def _grade(folder: Path) -> Mapping[str, object]:
    source = folder / "source"
    topic = json.loads((source / "topic.json").read_text(encoding="utf-8"))
    grade = grade_submission(folder / "submission", find_assignment(topic["topic"], source))
    tell_instructors(grade)
    return results(grade, topic["hidden"])


def tell_instructors(grade: Grade) -> None:
    """Print what of `run.json` helps where there is no such file; Gradescope shows it to instructors only."""
    for line in grade.run.get("traceback", ()):
        print(line, end="", file=sys.stderr)
    if grade.run.get("starved_at_first"):
        print("A call was short of a processor, so the submission was graded twice.", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
