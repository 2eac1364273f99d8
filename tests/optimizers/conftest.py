"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

OPTIMIZERS = Path(__file__).parents[2] / "solutions" / "optimizers" / "optimizers.py"


@pytest.fixture(scope="session")
def optimizers():
    return load_module(OPTIMIZERS)
