"""A check's process that is killed from outside, as the kernel does when memory is short, is tried again."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.course.assignment import Assignment
from autograder.grading import Grade
from autograder.proxy.channel import SandboxChannel
from tests.in_process import graded_here

Grading = Callable[[str], Grade]
_EXCHANGE = SandboxChannel.exchange


def killing(times: int) -> Callable[..., Any]:
    """What stands in for the exchange of a request: it kills the process that is to answer, so many times."""
    left = [times]

    def exchange(channel: SandboxChannel, *arguments: Any) -> Any:
        if left[0]:
            left[0] -= 1
            assert channel._child is not None
            assert channel._child._pid is not None
            os.kill(channel._child._pid, signal.SIGKILL)
        return _EXCHANGE(channel, *arguments)

    return exchange


@pytest.fixture
def grade_here(tiny: Assignment, tmp_path: Path) -> Grading:
    """Grades in this process, where the exchange of requests can be replaced."""

    def graded(source: str) -> Grade:
        folder = tmp_path / "ada"
        folder.mkdir(exist_ok=True)
        (folder / "tiny.py").write_text(source)
        return graded_here(folder, tiny)

    return graded


def test_what_was_killed_once_loses_nothing(
    grade_here: Grading, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = grade_here(right)
    monkeypatch.setattr(SandboxChannel, "exchange", killing(1))
    disturbed = grade_here(right)
    assert disturbed.to_json() == undisturbed.to_json()
    assert disturbed.score == 7
    assert disturbed.run["killed_at_first"] == ["test_mean"]
    assert "killed_at_first" not in undisturbed.run


def test_what_is_killed_every_time_has_crashed(
    grade_here: Grading, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SandboxChannel, "exchange", killing(1000))
    assert {check.verdict for check in grade_here(right).checks} == {"crashed"}


@pytest.mark.parametrize("end", ["os._exit(9)", "os.abort()"])
def test_what_ends_itself_has_crashed_and_gains_no_second_try(grade: Grading, right: str, end: str) -> None:
    ended = grade(f"import os\n\n{right}".replace("return float(np.var(x))", end))
    assert [check.verdict for check in ended.checks] == ["passed", "passed", "crashed", "passed"]
    assert "killed_at_first" not in ended.run
