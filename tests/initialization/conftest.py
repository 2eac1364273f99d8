"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

INITIALIZATION = Path(__file__).parents[2] / "solutions" / "initialization" / "initialization.py"


@pytest.fixture(scope="session")
def initialization():
    return load_module(INITIALIZATION)
