"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

LOSSES = Path(__file__).parents[2] / "solutions" / "losses" / "losses.py"


@pytest.fixture(scope="session")
def losses():
    return load_module(LOSSES)
