"""Submissions in real sandboxes, for the tests of all that touches students' code; which tests come first."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest
from coverage import Coverage
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from autograder.proxy import StudentProxy
from autograder.proxy.channel import Budget, SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.bubblewrap import Bubblewrap
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

Submit = Callable[..., "Submitted"]

#: By this variable Coverage has the processes that a test starts measured too.
_MEASURED = "COVERAGE_PROCESS_CONFIG"


#: A folder whose files share fixtures that take half a minute: a course played with nbgrader's commands.
_ONE_COURSE = "tests/platforms/nbgrader"


class _ByCourse(LoadFileScheduling):
    """Gives a worker a whole file, and all files of the course, so that what they share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return _ONE_COURSE if file.startswith(f"{_ONE_COURSE}/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByCourse | None:
    """Where `--dist loadfile` is asked for."""
    return _ByCourse(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what lasts long first, so that at the end no worker is left alone with it."""
    items.sort(key=lambda item: item.get_closest_marker("unmeasured") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Keep Coverage out of tests that are marked so, and out of the processes that they start."""
    coverage = Coverage.current() if item.get_closest_marker("unmeasured") else None
    if coverage is None:
        return (yield)
    coverage.stop()
    setting = os.environ.pop(_MEASURED, None)
    try:
        return (yield)
    finally:
        if setting is not None:
            os.environ[_MEASURED] = setting
        coverage.start()


class Submitted:
    """A submission in its sandbox."""

    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox
        self.budget = Budget.of(sandbox.limits)
        self.printed = b""

    @contextmanager
    def check(self) -> Iterator[StudentProxy]:
        """Give what one check sees: the student's module in a fresh process."""
        channel = SandboxChannel(self.sandbox, self.budget)
        try:
            with StudentProxy(channel, "work", Transcript()) as student:
                yield student
        finally:
            self.printed = channel.printed


@pytest.fixture(scope="session")
def submit() -> Iterator[Submit]:
    """Starts a submission with the module `work` (and other files, by name without ending)."""
    with ExitStack() as stack:

        def start(
            source: str,
            level: Level | None = None,
            limits: Limits | None = None,
            forbidden: Sequence[str] = (),
            **files: str,
        ) -> Submitted:
            sources = {f"{name}.py": text.encode() for name, text in {"work": source, **files}.items()}
            sandbox = stack.enter_context(Sandbox(level or Bubblewrap(), limits or Limits()))
            assert sandbox.load(sources, "work", forbidden) is None
            return Submitted(sandbox)

        yield start
