"""The levels of protection that this machine offers."""

import pytest

from autograder.sandbox.levels.choose import LEVELS
from autograder.sandbox.levels.level import Level

SAFE = [level for level in LEVELS if level.safe and level.missing() is None]


@pytest.fixture(scope="module", params=SAFE, ids=lambda level: level.name)
def safe_level(request: pytest.FixtureRequest) -> Level:
    """Every safe level in turn."""
    level: Level = request.param
    return level
