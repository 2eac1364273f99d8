"""Right solutions as students write them, and what they may lose."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder.course.read_checks import read_checks
from autograder.grading import Grade
from autograder.grading.result import CheckResult
from autograder.verdicts import SubmissionVerdict
from tests.right_solutions.clauses import CLAUSES, MOST
from tests.student_code import completed, grades_of, topic


@dataclass(frozen=True)
class RightGrade:
    """The grade of a right solution."""

    author: str
    grade: Grade

    @property
    def lost(self) -> list[CheckResult]:
        """The checks that cost it points."""
        return [check for check in self.grade.checks if check.points < check.max_points]

    @property
    def fair(self) -> bool:
        """Whether it keeps all points, but for a clause that goes beyond what such courses ask."""
        clauses = CLAUSES.get(self.grade.assignment, {})
        cost = sum(check.max_points - check.points for check in self.lost)
        return (
            self.grade.verdict == SubmissionVerdict.GRADED
            and all(check.id in clauses for check in self.lost)
            and cost <= MOST
        )


def modules_of(name: str) -> dict[str, str]:
    """By author, the right solutions of a topic, `<topic>/<author>.py`; those of a part are completed."""
    files = sorted(Path(__file__).parent.joinpath(name).glob("*.py"))
    return {file.stem: completed(file.read_text(encoding="utf-8"), topic(name)) for file in files}


def graded(names: Iterable[str], executor: Executor, part: slice = slice(None)) -> Iterator[RightGrade]:
    """Grade the right solutions of these topics, or of those a part."""
    for name in names:
        modules = dict(list(modules_of(name).items())[part])
        grades = grades_of(modules, topic(name), executor)
        yield from (RightGrade(author, grade) for author, grade in grades.items())


def points_of(name: str) -> dict[str, Fraction]:
    """What each check of a topic is worth."""
    return {check.id: check.points for check in read_checks(topic(name).checks)}
