"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

CNN = Path(__file__).parents[2] / "solutions" / "cnn" / "cnn.py"


@pytest.fixture(scope="session")
def cnn():
    return load_module(CNN)
