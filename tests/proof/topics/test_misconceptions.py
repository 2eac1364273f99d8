"""A sample of each topic's misconceptions loses points, and what is right about it keeps them."""

import random

import pytest

from autograder.course.assignment import Assignment
from autograder.variants import load_variants

from .conftest import Graded

pytestmark = pytest.mark.unmeasured

VARIANTS = 1


def test_some_misconceptions_lose_some_points(topic: Assignment, graded: Graded):
    names = [f"misconception-{v.name}" for v in load_variants(topic).misconceptions]
    grades = graded(random.Random(0).sample(names, VARIANTS))
    assert [g.student for g in grades if not 0 < g.score < g.max_score] == []
