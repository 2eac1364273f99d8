"""Workers that grade, and what they make of all mistakes."""

from collections.abc import Iterator

import pytest

from autograder.grading.workers import local_workers
from tests.real_mistakes.outcome import Outcome, outcomes_of
from tests.student_code import TOPICS


@pytest.fixture(scope="session")
def outcomes() -> Iterator[list[Outcome]]:
    with local_workers(2) as executor:
        yield outcomes_of(TOPICS, executor)
