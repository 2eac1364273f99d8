"""The examples in the docstrings of what check authors use."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import numpy as np
import pytest

import autograder.checks
import autograder.data
import autograder.gradients
import autograder.variants

PUBLIC = (autograder.checks, autograder.data, autograder.gradients, autograder.variants)
MODULES = [
    importlib.import_module(f"{package.__name__}.{found.name}")
    for package in PUBLIC
    for found in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_give_what_they_say(module: ModuleType) -> None:
    result = doctest.testmod(module, extraglobs={"np": np}, optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
