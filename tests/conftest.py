"""Submissions in real sandboxes, for the tests of all that touches students' code."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from types import MappingProxyType

import pytest
from hypothesis import settings

from autograder.proxy import StudentProxy
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.bubblewrap import Bubblewrap
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

Submit = Callable[..., "Submitted"]

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


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
            explained: Mapping[str, str] = MappingProxyType({}),
            **files: str,
        ) -> Submitted:
            sources = {f"{name}.py": text.encode() for name, text in {"work": source, **files}.items()}
            sandbox = stack.enter_context(Sandbox(level or Bubblewrap(), limits or Limits()))
            assert sandbox.load(sources, "work", forbidden, explained) is None
            return Submitted(sandbox)

        yield start
