"""What is made to cost the grader itself costs the case that does it, and bounded time and memory.

`python -m tests.attacks.costs` prints what each costs.
"""

from pathlib import Path

import pytest

from autograder.grading.helper.bounds import BOUNDS
from autograder.verdicts import CheckVerdict, SubmissionVerdict
from tests.attacks.costs import graded, keeping

pytestmark = pytest.mark.unmeasured

#: What a helper may hold at most, and what it may compute beyond what an honest submission takes it.
MOST_BYTES, MOST_SECONDS = 2**30, 30.0
#: `make test` runs these, `make test-long` the others too.
SAMPLE = {"alternating_kinds", "arguments_to_hoard", "arrays_in_a_sequence", "slow_reader"}
ALL = [
    pytest.param(name, points, marks=[] if name in SAMPLE else [pytest.mark.long], id=name)
    for name, points in keeping().items()
]


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 15
    assert keeping().keys() >= SAMPLE
    assert BOUNDS.memory < MOST_BYTES
    assert BOUNDS.all_cpu < MOST_SECONDS


@pytest.mark.parametrize(("name", "points"), ALL)
def test_it_costs_only_the_case_that_does_it(name: str, points: int, tmp_path: Path) -> None:
    grade, costs = graded(name, tmp_path)
    assert grade.verdict == SubmissionVerdict.GRADED, grade.run.get("traceback")
    assert grade.score == points, [(c.id, c.verdict, c.rationale) for c in grade.checks]
    assert {c.verdict for c in grade.checks if not c.points} <= {
        CheckVerdict.FAILED,
        CheckVerdict.CRASHED,
        CheckVerdict.TIMEOUT,
        CheckVerdict.MEMORY,
    }
    assert costs.peak < MOST_BYTES
    assert costs.cpu < MOST_SECONDS
