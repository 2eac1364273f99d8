"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

ACTIVATIONS = Path(__file__).parents[2] / "solutions" / "activations" / "activations.py"


@pytest.fixture(scope="session")
def activations():
    return load_module(ACTIVATIONS)
