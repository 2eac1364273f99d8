"""The pytest plugin: `student`, `rng`, `trusted`, `reference` and its like, markers, a summary.

At home it is loaded by pytest itself and `student` is the module beside the checks. When grading, another
plugin answers `pytest_autograder_open_student` first, with a proxy to a sandboxed process.
"""

import random
import zlib
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.course.references import refuse_missing
from autograder.home.module import load_module, student_module
from autograder.home.summary import HomeSummary, note_verdict
from autograder.seeds import GradingSeed, NumberedSeed
from autograder.verdicts import CheckVerdict, verdict_of

#: The grading seed; number 0 at home.
SEED = pytest.StashKey[GradingSeed]()


_REFERENCES = pytest.StashKey[dict[Path, ModuleType]]()


class Hooks:
    """What another plugin may answer."""

    @pytest.hookspec(firstresult=True)
    def pytest_autograder_open_student(self, item: pytest.Item) -> AbstractContextManager[Any] | None:
        """Return a context manager that gives what the fixture `student` is to be for this test."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare our hook."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers; at home, add the summary."""
    config.addinivalue_line("markers", "points(n): what the check is worth")
    config.addinivalue_line("markers", "after(check): the name of the check that it depends on")
    config.stash.setdefault(SEED, NumberedSeed(0))
    if config.pluginmanager.hasplugin("terminal"):
        config.pluginmanager.register(HomeSummary(), "autograder-summary")


@pytest.hookimpl(trylast=True)
def pytest_autograder_open_student(item: pytest.Item) -> AbstractContextManager[ModuleType]:
    """At home: the module named like the checks, `losses.py` for `test_losses.py`, beside them."""
    return student_module(item.path.with_name(item.path.name.removeprefix("test_")))


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The student's module; when grading, a proxy to it that behaves alike.

    Example:
        >>> def test_doubled(student):
        ...     assert student.scale_forward(3.0, 2.0)[0] == 6.0
    """
    _fix_global_randomness(request.node)
    with request.config.hook.pytest_autograder_open_student(item=request.node) as module:
        yield module


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """A random generator that depends only on the grading seed and the test's name.

    Example:
        >>> def test_any_shape(student, rng):
        ...     assert student.column_means(rng.normal(size=(5, 3))).shape == (3,)
    """
    return np.random.default_rng(_entropy(request.node))


@pytest.fixture
def trusted(request: pytest.FixtureRequest, student: Any) -> Any:
    """The module whose forward passes say what trained parameters are worth.

    When grading it is the topic's reference, so that no answer of the student's code stands for what a net
    has learned. At home, where there is no reference, it is the student's own module.

    Example:
        >>> def test_means(student, trusted, rng):
        ...     train, held_out = turned_digits(rng)
        ...     means = student.class_means(train.images, train.labels)
        ...     predictions = trusted.nearest(means, np.arange(10), held_out.images)
        ...     assert_at_least(accuracy(predictions, held_out.labels), 0.75, what="the accuracy")
    """
    return Solutions(request.node).own if in_solutions(request.node) else student


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> ModuleType:
    """The hidden solution, for hidden checks.

    Example:
        >>> def test_like_the_reference(student, reference, rng):
        ...     x = rng.normal(size=(5, 3))
        ...     assert_close(student.column_means(x), reference.column_means(x), what="the means")

    Raises:
        pytest.UsageError: the checks do not stand in a course's `solutions/`.
    """
    return Solutions(request.node).own


@pytest.fixture
def documented(request: pytest.FixtureRequest) -> ModuleType | None:
    """The hidden solution when grading, None at home: for `documented=` of `assert_gradient`, in any check.

    A public check's messages reach students: compare nothing else with it there.

    Example:
        >>> def test_gradient_of_the_means(student, documented, rng):
        ...     x, upstream = rng.normal(size=(3, 2)), rng.normal(size=2)
        ...     should_be = documented and documented.column_means
        ...     dx = np.tile(upstream / 3, (3, 1))
        ...     assert_gradient(student.column_means, x, dx, upstream=upstream, documented=should_be)
    """
    return Solutions(request.node).own if in_solutions(request.node) else None


@pytest.fixture
def references(request: pytest.FixtureRequest) -> "Solutions":
    """The hidden solutions of all topics, for hidden checks.

    Example:
        >>> def test_after_relu(student, references, rng):
        ...     x, _ = references.activations.relu_forward(rng.normal(size=(5, 3)))
        ...     assert_close(student.column_means(x), x.sum(axis=0) / 5, what="the means")

    Raises:
        pytest.UsageError: the checks do not stand in a course's `solutions/`.
    """
    return Solutions(request.node)


def in_solutions(item: pytest.Item) -> bool:
    """Return whether a check stands in a course's `solutions/`, beside its reference."""
    return item.path.parent.parent.name == "solutions"


class Solutions:
    """The references of the course that a check stands in; each is executed once in a session.

    Raises:
        pytest.UsageError: the check does not stand in a course's `solutions/`.
    """

    def __init__(self, item: pytest.Item):
        self._topic = item.path.parent.name
        self._folder = item.path.parent.parent
        self._loaded = item.config.stash.setdefault(_REFERENCES, {})
        if not in_solutions(item):
            raise pytest.UsageError(
                f"the fixture `reference` is for hidden checks; {item.name} is not in solutions/"
            )

    @property
    def own(self) -> ModuleType:
        """The reference of the check's own topic."""
        return self.topic(self._topic)

    def __getattr__(self, name: str) -> ModuleType:
        return self.topic(name)

    def topic(self, name: str) -> ModuleType:
        """Return the reference of that topic.

        Raises:
            UserError: it is missing in the course; grading stops.
        """
        path = self._folder / name / f"{name}.py"
        if path not in self._loaded:
            refuse_missing(path, self._topic)
            self._loaded[path] = load_module(path)
        return self._loaded[path]


def _entropy(item: pytest.Item) -> list[int]:
    return item.config.stash[SEED].entropy(item.name)


def _fix_global_randomness(item: pytest.Item) -> None:
    seed = zlib.crc32(repr(_entropy(item)).encode())
    random.seed(seed)
    np.random.seed(seed)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Record the verdict of a case that has points."""
    report = yield
    ended = call.when == "call" or report.failed
    if ended and isinstance(item, pytest.Function) and item.get_closest_marker("points"):
        note_verdict(
            report, item, CheckVerdict.PASSED if call.excinfo is None else verdict_of(call.excinfo.value)
        )
    return report
