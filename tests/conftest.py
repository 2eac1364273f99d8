"""Submissions in real sandboxes, for the tests of all that touches students' code."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from autograder.proxy import StudentProxy
from autograder.proxy.channel import Budget, SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.bubblewrap import Bubblewrap
from autograder.sandbox.levels import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

Submit = Callable[..., "Submitted"]


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
def submit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Submit]:
    """Starts a submission with the module `work` (and other files, by name without ending)."""
    with ExitStack() as stack:

        def start(
            source: str, level: Level | None = None, limits: Limits | None = None, **files: str
        ) -> Submitted:
            folder: Path = tmp_path_factory.mktemp("submission")
            for name, text in {"work": source, **files}.items():
                (folder / f"{name}.py").write_text(text)
            sandbox = stack.enter_context(Sandbox(level or Bubblewrap(), folder, "work", limits or Limits()))
            assert sandbox.load() is None
            return Submitted(sandbox)

        yield start
