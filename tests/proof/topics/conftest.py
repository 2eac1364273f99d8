"""Every topic and its sample class, for their proof in a quick form; the whole is `make prove`.

Each kind of sample has a file of its own, so that two can run at a time. `make test` tries light topics only.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.grading import Grade, grade_submissions
from autograder.variants.sample_class import sample_class, write_sample_class

ROOT = Path(__file__).resolve().parents[3]
TOPICS = assignment_names(ROOT)
#: Their nets are small.
LIGHT = {"initialization", "losses"}
RUNS = [pytest.param(name, marks=[] if name in LIGHT else [pytest.mark.long]) for name in TOPICS]

Graded = Callable[[Sequence[str]], list[Grade]]


@pytest.fixture(params=RUNS, scope="module")
def topic(request: pytest.FixtureRequest) -> Assignment:
    return find_assignment(request.param, ROOT)


@pytest.fixture
def graded(topic: Assignment, workers: Executor, tmp_path: Path) -> Graded:
    """Grades members of the topic's sample class."""

    def grade(names: Sequence[str]) -> list[Grade]:
        members = sample_class(topic)
        write_sample_class(tmp_path / "class", topic.name, {name: members[name] for name in names})
        return list(grade_submissions([tmp_path / "class" / name for name in names], topic, workers, seed=0))

    return grade
