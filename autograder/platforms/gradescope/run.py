"""What runs in Gradescope's container: `python -m autograder.platforms.gradescope.run /autograder`."""

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from autograder.course.assignment import find_assignment
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.grading import grade_submission
from autograder.platforms.gradescope.export import failure, results

__all__ = ["main", "why_failed", "write_results"]


def main(folder: Path) -> None:
    """Grade the submission in Gradescope's folder and write its results.json, whatever happens."""
    try:
        content = _grade(folder)
    except Exception as error:
        traceback.print_exc()  # for the instructor: Gradescope keeps what is printed from students
        content = failure(why_failed(error))
    write_results(folder, content)


def why_failed(error: Exception) -> str:
    """Return one line for the instructor."""
    return f"{error}." if isinstance(error, UserError) else f"{type(error).__name__} in the grader."


def write_results(folder: Path, content: dict[str, Any]) -> None:
    """Write results.json: the old one stays, or all of the new one is there."""
    write_atomically(folder / "results" / "results.json", json.dumps(content, indent=2, ensure_ascii=False))


def _grade(folder: Path) -> dict[str, Any]:
    source = folder / "source"
    topic = json.loads((source / "topic.json").read_text(encoding="utf-8"))
    grade = grade_submission(folder / "submission", find_assignment(topic["topic"], source))
    for line in grade.run.get("traceback", ()):
        print(line, end="", file=sys.stderr)
    return results(grade, topic["hidden"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
