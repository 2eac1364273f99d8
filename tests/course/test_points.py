"""What the checks of each topic are worth."""

from pathlib import Path

import pytest

from autograder.course.assignment import assignment_names, find_assignment
from autograder.course.read_checks import read_checks

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("topic", assignment_names(ROOT))
def test_points_sum_to_100_and_about_half_are_hidden(topic: str):
    checks = read_checks(find_assignment(topic, ROOT).checks)
    assert sum(check.points for check in checks) == 100
    assert 40 <= sum(check.points for check in checks if check.hidden) <= 60
