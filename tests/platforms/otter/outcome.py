"""What is handed in, what it deserves, and what otter's results say of it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from autograder.course.assignment import find_assignment
from autograder.grading import Grade, grade_submission
from autograder.verdicts import CheckVerdict
from tests.platforms.otter.conftest import ROOT
from tests.platforms.otter.members import module_of, notebook_of

__all__ = ["autograder_zip", "deserved", "expected", "handed_in", "told"]


@cache
def expected(topic: str, case: str) -> Grade:
    """What `autograder grade` gives a folder with the module in it."""
    with TemporaryDirectory() as folder:
        text = module_of(topic, case)
        if text is not None:
            Path(folder, f"{topic}.py").write_text(text)
        return grade_submission(folder, find_assignment(topic, ROOT))


def handed_in(released: Path, topic: str, module: str, notebook: str) -> dict[str, bytes]:
    name = f"{topic}.ipynb"
    text, cells = module_of(topic, module), (released / topic / "student" / name).read_bytes()
    files = {f"{topic}.py": text.encode() if text else None, name: notebook_of(cells, notebook)}
    return {name: content for name, content in files.items() if content is not None}


def autograder_zip(released: Path, topic: str) -> str:
    return str(released / topic / "autograder" / f"{topic}-autograder.zip")


def told(results: dict[str, Any]) -> tuple[float, list[tuple[Any, ...]]]:
    tests = results["tests"]
    return results["score"], [(t["name"], t["score"], t["max_score"], t["status"]) for t in tests]


def deserved(grade: Grade) -> tuple[float, list[tuple[Any, ...]]]:
    passed = {True: "passed", False: "failed"}
    return grade.score, [
        (c.title, c.points, c.max_points, passed[c.verdict == CheckVerdict.PASSED]) for c in grade.checks
    ]
