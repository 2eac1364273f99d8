"""What the checks of each topic are worth."""

import ast
from pathlib import Path

import pytest

from autograder.course.assignment import assignment_names, find_assignment
from autograder.course.outline import checks_of
from autograder.course.regions import HIDDEN_TESTS, region_lines

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("topic", assignment_names(ROOT))
def test_points_sum_to_100_and_about_half_are_hidden(topic: str):
    checks = find_assignment(topic, ROOT).checks
    source = checks.read_text(encoding="utf-8")
    points = {check.id: check.points for check in checks_of(source, checks.name)}
    hidden = region_lines(source, HIDDEN_TESTS)
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    hidden_points = sum(points[f.name] for f in functions if f.name in points and f.lineno in hidden)
    assert sum(points.values()) == 100
    assert 40 <= hidden_points <= 60
