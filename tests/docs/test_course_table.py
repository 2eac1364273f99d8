"""The table in docs/course.md names all that students write, and its worth; a topic may have no row."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.course.read_checks import read_checks
from autograder.course.regions import SOLUTION, region_lines

ROOT = Path(__file__).parents[2]
TOPICS = assignment_names(ROOT)


def rows() -> dict[str, list[list[str]]]:
    """The cells of each topic's rows: functions, source, what is checked, points."""
    found = defaultdict(list)
    for line in (ROOT / "docs" / "course.md").read_text(encoding="utf-8").splitlines():
        topic, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if topic in TOPICS and len(cells) == 4:
            found[topic].append(cells)
    return found


def written(assignment: Assignment) -> set[str]:
    """The functions and classes that students write something in."""
    source = assignment.reference.read_text(encoding="utf-8")
    solution = region_lines(source, SOLUTION)
    definitions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return {n.name for n in definitions if solution & set(range(n.lineno, (n.end_lineno or 0) + 1))}


@pytest.mark.parametrize("topic", sorted(rows()))
def test_all_that_students_write_has_its_row(topic: str):
    named = {name for cells in rows()[topic] for name in re.findall(r"`(\w+)`", cells[0])}
    assert written(find_assignment(topic, ROOT)) - named == set()


@pytest.mark.parametrize("topic", sorted(rows()))
def test_the_points_are_those_of_the_checks(topic: str):
    worth = sum(check.points for check in read_checks(find_assignment(topic, ROOT).checks))
    assert sum(float(cells[3]) for cells in rows()[topic]) == float(worth) == 100
