"""What a submission may import, and what happens when it imports something else."""

from collections.abc import Callable
from typing import Any

import pytest

from autograder.sandbox.levels.choose import LEVELS

SOURCE = """
import sys
import numpy as np
import hypothesis
import torch.nn as nn
from scipy.special import softmax
from sklearn.datasets import *
import helper
import random
import matplotlib.pyplot as plt

try:
    import pandas
    pandas.DataFrame()
    has_pandas = True
except ImportError:
    has_pandas = False

class Model(object):
    pass

def fine():
    return helper.triple(np.float64(2))

def random_is_the_library():
    return 0 <= random.random() < 1

def numpy_is_the_library():
    return bool(np.array([1]).sum() == 1)

def call():
    return softmax([1.0])

def attribute():
    return nn.Linear

def attribute_in_use():
    return nn.Linear.weight

def iterate():
    return list(nn.layers)

def strategy():
    return hypothesis.strategies.floats()

def subclass():
    class Net(nn.Module):
        pass

def picture():
    figure = plt.figure()
    figure.gca().plot([1, 2])
    figure.savefig("figure.png")
    with open("figure.png", "rb") as file:
        return len(file.read())

def backend():
    return plt.get_backend().lower()
"""

HELPER = "def triple(x):\n    return 3 * x\n"


@pytest.fixture(
    scope="module",
    params=[level for level in LEVELS if level.missing() is None],
    ids=lambda level: level.name,
)
def submitted(request: pytest.FixtureRequest, submit: Callable[..., Any]) -> Any:
    shadow = "raise RuntimeError('the submission shadows a library')\n"
    return submit(SOURCE, level=request.param, helper=HELPER, numpy=shadow, random=shadow, matplotlib=shadow)


@pytest.fixture
def student(submitted: Any) -> Any:
    with submitted.check() as proxy:
        yield proxy


def test_absent_packages_cost_nothing_unless_they_are_used(student: Any) -> None:
    assert student.fine() == 6.0
    assert student.has_pandas is False


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("call", "scipy"),
        ("attribute_in_use", "torch"),
        ("iterate", "torch"),
        ("strategy", "hypothesis"),
        ("subclass", "torch"),
    ],
)
def test_using_an_absent_package_fails_with_a_sentence(student: Any, name: str, package: str) -> None:
    with pytest.raises(
        ImportError, match=f"the package {package} can't be used here; write this part with NumPy"
    ):
        getattr(student, name)()


def test_a_submission_does_not_shadow_libraries(student: Any) -> None:
    assert student.random_is_the_library()
    assert student.numpy_is_the_library()


def test_matplotlib_draws_without_a_screen(student: Any) -> None:
    assert student.backend() == "agg"
    assert student.picture() > 1000
