"""Prints what right solutions lose, and why.

`python -m tests.right_solutions.report [TOPIC...]`
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from autograder.grading.workers import local_workers
from tests.right_solutions.solutions import RightGrade, graded
from tests.student_code import TOPICS

__all__ = ["main"]


def lines(grades: Iterable[RightGrade]) -> Iterator[str]:
    """A line per solution, below it one per check that costs it points."""
    count = fair = 0
    for one in grades:
        count, fair = count + 1, fair + one.fair
        said = f" {one.grade.feedback}" if one.grade.feedback else ""
        verdict = "" if one.fair else " (this is not fair)"
        yield f"{one.grade.assignment}, {one.author}: {one.grade.score:g} points{verdict}{said}"
        for check in one.lost:
            yield f"  {check.id}, {check.points:g} of {check.max_points:g}: {check.details}"
    yield f"{fair} of {count} lose nothing, or a clause"


def main(names: Sequence[str]) -> None:
    """Grade and print."""
    with local_workers(os.cpu_count() or 1) as executor:
        for line in lines(graded(names or TOPICS, executor)):
            print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
