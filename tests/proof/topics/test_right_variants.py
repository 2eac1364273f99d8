"""A sample of each topic's correct variants keeps full marks; the references run at home, in solutions/."""

import random

import pytest

from autograder.course.assignment import Assignment
from autograder.variants import load_variants

from .conftest import Graded

pytestmark = pytest.mark.unmeasured

VARIANTS = 1
#: `make prove` grades these too; they take seconds each.
SLOW = "explicit-loops"


def test_what_is_right_keeps_full_marks(topic: Assignment, graded: Graded):
    names = [f"correct-{v.name}" for v in load_variants(topic).correct if v.name != SLOW]
    grades = graded(random.Random(0).sample(names, VARIANTS))
    assert [(g.student, c.id, c.details) for g in grades for c in g.checks if c.points < c.max_points] == []
