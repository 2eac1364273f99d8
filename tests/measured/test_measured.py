"""Central differences in the place of every backward pass cost at least 15 points, whatever their step."""

from collections.abc import Iterable

import pytest

from tests.measured.submissions import CHECKS, STEPS, WAYS, lost, measuring
from tests.student_code import topic

LEAST = 15
#: Its convolutions are loops: with all steps only.
SLOW = {"cnn"}


def too_little(name: str, kinds: Iterable[tuple[float, str]]) -> dict[str, dict[str, float]]:
    """Return the kinds of differences that lose less, with what they lose."""
    assignment = topic(name)
    modules = {f"{step:g}, {way}": measuring(assignment, "central", step, way) for step, way in kinds}
    found = lost(assignment, modules, CHECKS[name])
    return {kind: checks for kind, checks in found.items() if sum(checks.values()) < LEAST}


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", sorted(CHECKS.keys() - SLOW))
def test_central_differences_lose_points(name: str):
    assert too_little(name, [(1e-5, "entries")]) == {}


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", CHECKS)
def test_central_differences_lose_points_with_any_step(name: str, step: float):
    assert too_little(name, [(step, way) for way in WAYS]) == {}
