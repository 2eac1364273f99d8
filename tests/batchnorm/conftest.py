"""The reference of the topic."""

from pathlib import Path

import pytest

from autograder.home.module import load_module

BATCHNORM = Path(__file__).parents[2] / "solutions" / "batchnorm" / "batchnorm.py"


@pytest.fixture(scope="session")
def batchnorm():
    return load_module(BATCHNORM)
