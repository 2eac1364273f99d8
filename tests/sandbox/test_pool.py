"""A sandbox serves one submission after the other, as long as none has left a sign in it."""

from collections.abc import Iterator

import pytest

from autograder.proxy import StudentProxy
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import IDLE, warm_sandbox
from autograder.sandbox.process import Sandbox

SOURCE = b"""
import os
import threading

def quiet():
    return os.getpid()

def with_a_thread():
    thread = threading.Thread(target=quiet)
    thread.start()
    thread.join()
    return os.getpid()
"""


@pytest.fixture(autouse=True)
def _no_others() -> Iterator[None]:
    IDLE.close()
    yield
    IDLE.close()


def served(level: Level, function: str, cases: int = 3) -> tuple[Sandbox, int]:
    """Run a submission; return the sandbox that it had, and the number of its first process."""
    limits, numbers = Limits(), []
    with warm_sandbox(level, limits) as sandbox:
        assert sandbox.load({"work.py": SOURCE}, "work") is None
        for _ in range(cases):
            with StudentProxy(SandboxChannel(sandbox, Budget.of(limits)), "work", Transcript()) as student:
                numbers.append(getattr(student, function)())
    return sandbox, numbers[0]


def test_a_sandbox_is_used_again(safe_level: Level) -> None:
    first, number = served(safe_level, "quiet")
    second, later = served(safe_level, "quiet")
    assert second is first
    assert number != later


def test_process_numbers_tell_nothing_of_the_submission_before(safe_level: Level) -> None:
    """At other levels the numbers are the machine's, and tell less."""
    marked, _ = served(safe_level, "with_a_thread")
    fresh, number = served(safe_level, "quiet")
    if safe_level.name == "bubblewrap":
        assert fresh is not marked
        IDLE.close()
        assert served(safe_level, "quiet")[1] == number
    else:
        assert fresh is marked
