"""Running checks on a module itself, as a student does at home."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from autograder.grading.run_checks import Recorder
from autograder.home.module import student_module
from autograder.proxy.channel import DirectChannel


class OnModule(Recorder):
    """Runs tests on a module itself, executed anew for each.

    Args:
        path: the module's file.
        students: keys of the cases; all are of this one module.
        only: names of the tests to run.
    """

    def __init__(self, path: Path, students: Iterable[str], only: Iterable[str]):
        never_opened = partial(DirectChannel, "", path.stem)
        super().__init__(dict.fromkeys(students, never_opened), frozenset(only))
        self._path = path

    @pytest.hookimpl(tryfirst=True)
    def pytest_autograder_open_student(self, item: pytest.Item) -> AbstractContextManager[ModuleType]:  # type: ignore[override]
        """Return the module, executed anew."""
        return student_module(self._path)
