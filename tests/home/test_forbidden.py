"""What an assignment forbids may be imported and not used: the same when grading and at home."""

import importlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.home.module import student_module
from autograder.sandbox.levels.choose import LEVELS

SOURCE = """
import importlib.util

import mine
import numpy as np
import torch
import torch.nn as nn
import torch.optim.adam
from scipy import signal
from scipy.special import expit as sigmoid
from torch import *

FORBIDDEN = ("jax", "scipy", "torch")

try:
    import jax
    has_jax = True
except ImportError:
    has_jax = False


def nothing_of_it():
    return mine.double(np.float64(2))


def module():
    return torch.double(2)


def module_in_it():
    return nn.double(2)


def module_in_a_module():
    return torch.optim.adam.double(2)


def name_in_it():
    return signal.correlate([1.0], [1.0])


def renamed():
    return sigmoid(0.0)


def late():
    from torch import double
    return double(2)


def guarded():
    try:
        import torch
        return torch.double(2)
    except ImportError:
        return "without"


def spec():
    return importlib.util.find_spec("torch") is None and importlib.util.find_spec("torch.nn") is None


def as_a_function():
    return __import__("torch").double(2)


def by_importlib():
    return importlib.import_module("torch").double(2)


def by_a_module_beside_it():
    return mine.by_torch(2)
"""
DOUBLE = "def double(x):\n    return 2 * x\n"
BESIDE = {"mine": f"import torch\n{DOUBLE}def by_torch(x):\n    return torch.double(x)\n", "torch": DOUBLE}
BESIDE["jax/__init__"] = DOUBLE

SANDBOXES = [level.name for level in LEVELS if level.missing() is None]
SENTENCE = "the package (torch|scipy|jax) may not be used in this assignment; write this part with NumPy"
USING_IT = [
    "module",
    "module_in_it",
    "module_in_a_module",
    "name_in_it",
    "renamed",
    "late",
    "as_a_function",
    "by_importlib",
    "by_a_module_beside_it",
]


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    for name, text in {"work": SOURCE, **BESIDE}.items():
        (folder / f"{name}.py").parent.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(text)
    return folder / "work.py"


@pytest.fixture(scope="module")
def graded(submit: Callable[..., Any]) -> Callable[[str], Any]:
    """Submits it to the sandbox of that level, once."""

    @cache
    def at(level: str) -> Any:
        (found,) = (one for one in LEVELS if one.name == level)
        return submit(SOURCE, level=found, forbidden=("jax", "scipy", "torch"), **BESIDE)

    return at


@pytest.fixture(params=["home", *SANDBOXES])
def student(request: pytest.FixtureRequest, at_home: Path, graded: Callable[[str], Any]) -> Iterator[Any]:
    with student_module(at_home) if request.param == "home" else graded(request.param).check() as module:
        yield module


@pytest.fixture
def home(at_home: Path) -> Iterator[Any]:
    with student_module(at_home) as module:
        yield module


def test_importing_costs_nothing(student: Any) -> None:
    assert student.nothing_of_it() == 4.0


def test_it_is_not_there_where_somebody_asks_first(student: Any) -> None:
    """Though the submission has files of that name."""
    assert student.has_jax is False
    assert student.guarded() == "without"
    assert student.spec() is True


@pytest.mark.parametrize("name", USING_IT)
def test_using_it_fails_with_a_sentence(student: Any, name: str) -> None:
    with pytest.raises(ImportError, match=SENTENCE):
        getattr(student, name)()


def test_others_import_what_they_like_at_home(home: Any) -> None:
    """Among them the checks themselves, and packages that the student may use."""
    assert home.nothing_of_it() == 4.0
    assert importlib.import_module("scipy.special").expit(0.0) == 0.5


def test_what_is_not_forbidden_is_only_absent(submit: Callable[..., Any]) -> None:
    source = "import scipy.special\n\n\ndef half():\n    return scipy.special.expit(0.0)\n"
    with (
        submit(source, forbidden=("torch",)).check() as student,
        pytest.raises(ImportError, match="the package scipy can't be used here"),
    ):
        student.half()
