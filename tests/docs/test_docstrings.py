"""The examples in the docstrings of what authors of checks use: there are some, and they are true."""

import doctest
import importlib
import pickle
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import autograder.checks
import autograder.data
import autograder.gradients
import autograder.proof
import autograder.variants
from autograder.proxy import StudentProxy
from autograder.proxy.channel import DirectChannel
from autograder.proxy.student import StudentFunction
from autograder.proxy.transcript import Transcript

ROOT = Path(__file__).parents[2]
#: What authors of checks import, and what they call of a student's function.
PUBLIC = [
    *((autograder.checks, name) for name in autograder.checks.__all__),
    *((autograder.data, name) for name in autograder.data.__all__),
    *((autograder.gradients, name) for name in autograder.gradients.__all__),
    *((autograder.variants, name) for name in ("correct", "edit", "misconception")),
    (autograder.proof, "equivalent"),
    *((StudentFunction, name) for name in ("lines", "over")),
]
MODULES = sorted({getattr(home, name).__module__ for home, name in PUBLIC})


@pytest.fixture
def cifar10(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory holds files of CIFAR-10's format."""
    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    content = {b"data": np.zeros((2, 3072), np.uint8), b"labels": [0, 1]}
    for name in (*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"):
        (folder / name).write_bytes(pickle.dumps(content))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def student() -> Iterator[StudentProxy]:
    source = (ROOT / "solutions" / "activations" / "activations.py").read_text(encoding="utf-8")
    with StudentProxy(DirectChannel(source, "activations"), "activations", Transcript()) as module:
        yield module


@pytest.mark.parametrize(("home", "name"), PUBLIC, ids=lambda value: getattr(value, "__name__", value))
def test_it_has_an_example(home: ModuleType | type, name: str) -> None:
    assert ">>> " in getattr(home, name).__doc__


@pytest.mark.usefixtures("cifar10")
@pytest.mark.parametrize("module", MODULES)
def test_the_examples_are_true(module: str, student: StudentProxy) -> None:
    content: Any = importlib.import_module(module)
    tried = doctest.testmod(content, extraglobs={"np": np, "student": student})
    assert tried.attempted > 0
    assert tried.failed == 0
