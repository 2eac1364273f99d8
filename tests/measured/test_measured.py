"""Central differences in the place of every backward pass cost at least 15 points, whatever their step."""

from collections.abc import Sequence

import pytest

from tests.measured.submissions import CHECKS, STEPS, WAYS, lost, measuring
from tests.student_code import topic

LEAST = 15


def too_little(name: str, step: float, ways: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return the ways of measuring that lose less, with what they lose."""
    assignment = topic(name)
    modules = {way: measuring(assignment, "central", step, way) for way in ways}
    found = lost(assignment, modules, CHECKS[name])
    return {way: checks for way, checks in found.items() if sum(checks.values()) < LEAST}


@pytest.mark.unmeasured
@pytest.mark.parametrize("step", [1e-3, 1e-5])
@pytest.mark.parametrize("name", CHECKS)
def test_central_differences_lose_points(name: str, step: float):
    assert too_little(name, step, ["entries"]) == {}


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", CHECKS)
def test_central_differences_lose_points_with_any_step(name: str, step: float):
    assert too_little(name, step, WAYS) == {}


@pytest.mark.parametrize("name", CHECKS)
def test_the_reference_loses_none(name: str):
    source = topic(name).reference.read_text(encoding="utf-8")
    assert lost(topic(name), {"reference": source}, CHECKS[name]) == {"reference": {}}
