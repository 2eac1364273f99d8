"""Home and grader agree on one of each topic's variants and slips; `make prove-agree` tries all."""

from concurrent.futures import Executor

import pytest

from autograder.course.assignment import Assignment
from autograder.proof.agreement import compare

pytestmark = pytest.mark.long

VARIANTS = 1


def test_verdicts_at_home_are_those_of_grading(topic: Assignment, workers: Executor):
    assert [str(one) for one in compare(topic, workers, VARIANTS).found] == []
