"""What the checks of `training` are worth."""

import ast
from pathlib import Path

from autograder.course.outline import checks_of
from autograder.course.regions import HIDDEN_TESTS, region_lines

CHECKS = Path(__file__).parents[2] / "solutions" / "training" / "test_training.py"


def test_points_sum_to_100_and_about_half_are_hidden():
    source = CHECKS.read_text(encoding="utf-8")
    points = {check.id: check.points for check in checks_of(source, CHECKS.name)}
    hidden = region_lines(source, HIDDEN_TESTS)
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    hidden_points = sum(points[f.name] for f in functions if f.name in points and f.lineno in hidden)
    assert sum(points.values()) == 100
    assert 40 <= hidden_points <= 60
