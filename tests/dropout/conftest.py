"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

DROPOUT = Path(__file__).parents[2] / "solutions" / "dropout" / "dropout.py"


@pytest.fixture(scope="session")
def dropout():
    return load_module(DROPOUT)
