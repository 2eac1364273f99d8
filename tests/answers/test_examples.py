"""The examples in the docstrings are true."""

import doctest
from types import ModuleType

import pytest

from autograder.answers import kinds, precision


@pytest.mark.parametrize("module", [kinds, precision])
def test_examples(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
