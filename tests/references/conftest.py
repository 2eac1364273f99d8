"""For each topic a fixture with its name: the reference, as a module."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from autograder.course.assignment import assignment_names, find_assignment
from autograder.home.module import load_module

ROOT = Path(__file__).parents[2]


def reference_of(topic: str) -> Callable[[], ModuleType]:
    @pytest.fixture(scope="session", name=topic)
    def reference() -> ModuleType:
        return load_module(find_assignment(topic, ROOT).reference)

    return reference


# pytest takes fixtures from the names of this module.
globals().update({f"reference_of_{topic}": reference_of(topic) for topic in assignment_names(ROOT)})
