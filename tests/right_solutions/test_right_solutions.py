"""Right solutions as students write them lose no point, but for a clause."""

import pytest

from autograder.grading.workers import local_workers
from tests.right_solutions.clauses import CLAUSES, MOST
from tests.right_solutions.report import lines
from tests.right_solutions.solutions import graded, modules_of, points_of
from tests.student_code import LIGHTEST, TOPICS, lost_cases, topic

#: `make test-long` grades every so manyth author's work, `make test-by-hand` that of the others.
PARTS = 7


def _parts() -> list[object]:
    return [pytest.param(part, marks=[pytest.mark.by_hand] if part else []) for part in range(PARTS)]


@pytest.mark.parametrize("name", TOPICS)
def test_clauses_are_checks_that_cost_little(name: str):
    points = points_of(name)
    dear = {check for check in CLAUSES.get(name, {}) if not points.get(check, MOST + 1) <= MOST}
    assert dear == set()


def test_clauses_are_of_topics():
    assert CLAUSES.keys() <= set(TOPICS)


@pytest.mark.unmeasured
def test_the_first_solution_keeps_its_points():
    author, module = next(iter(modules_of(LIGHTEST).items()))
    lost = [(case.name, case.message) for case in lost_cases(module, topic(LIGHTEST))]
    assert [one for one in lost if one[0].split("[")[0] not in CLAUSES[LIGHTEST]] == [], author


@pytest.mark.long
@pytest.mark.parametrize("part", _parts())
@pytest.mark.parametrize("name", TOPICS)
def test_what_is_right_keeps_its_points(name: str, part: int):
    with local_workers(2) as executor:
        grades = list(graded([name], executor, slice(part, None, PARTS)))
    assert [one.author for one in grades if not one.fair] == [], "\n".join(lines(grades))
