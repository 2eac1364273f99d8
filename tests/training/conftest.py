"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

TRAINING = Path(__file__).parents[2] / "solutions" / "training" / "training.py"


@pytest.fixture(scope="session")
def training():
    return load_module(TRAINING)
