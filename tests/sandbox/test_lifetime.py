"""Sandboxes start with the same state every time, and end with whoever started them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.proxy import StudentProxy
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.bare import Bare
from autograder.sandbox.levels.bubblewrap import Bubblewrap
from autograder.sandbox.levels.choose import LEVELS as ALL
from autograder.sandbox.levels.level import Launch, Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox, SandboxError

LEVELS = [pytest.param(level, id=level.name) for level in ALL if level.missing() is None]

GRADER = """
from autograder.sandbox.levels.{level} import {kind}
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

sandbox = Sandbox({kind}(), Limits())
sandbox.load({{"work.py": b"while True: pass"}}, "work")
child = sandbox.fork()
print("started", flush=True)
input()
"""


def descendants(pid: int) -> set[int]:
    """Return the processes below one, and itself."""
    found, waiting = set(), [pid]
    while waiting:
        one = waiting.pop()
        found.add(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += map(int, children.read_text().split())
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pids: set[int]) -> set[int]:
    """Return those that are still there after a while."""
    for _ in range(100):
        pids = {p for p in pids if is_running(p)}
        if not pids:
            break
        time.sleep(0.05)
    return pids


@pytest.mark.parametrize("level", LEVELS)
def test_a_killed_grader_leaves_no_process_behind(level: Level) -> None:
    script = GRADER.format(level=level.name, kind=type(level).__name__)
    grader = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert grader.stdout is not None
    assert grader.stdin is not None
    assert grader.stdout.readline() == "started\n"
    started = descendants(grader.pid)
    assert len(started) >= 3  # the grader, the warm process, the check's
    os.kill(grader.pid, signal.SIGKILL)
    grader.wait()
    grader.stdin.close()
    grader.stdout.close()
    assert wait_until_gone(started) == set()


@pytest.mark.parametrize("level", LEVELS)
def test_closing_ends_all_processes_and_removes_all_files(
    level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = descendants(os.getpid())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Sandbox(level, Limits()) as sandbox:
        sandbox.load({"work.py": b"while True: pass"}, "work")
        child = sandbox.fork()
        started = descendants(os.getpid()) - before
        assert sandbox._folder.exists()
        child.close()
        sandbox.fork().close()
    assert wait_until_gone(started) == set()
    assert not sandbox._folder.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's sandboxes have users of their own")
@pytest.mark.parametrize("level", [level for level in ALL if level.safe and level.missing() is None])
def test_what_a_killed_grader_left_is_removed_by_the_next_one_with_its_user(level: Level) -> None:
    with Sandbox(level, Limits()) as sandbox:
        place, user = sandbox._folder.parent, sandbox._folder.stat().st_gid
    left = Path(tempfile.mkdtemp(prefix="autograder-", dir=place))
    (left / "file").write_text("left behind")
    os.chown(left, 0, user)
    others = Path(tempfile.mkdtemp(prefix="autograder-", dir=place))
    with Sandbox(level, Limits()) as sandbox:
        again = sandbox._folder.stat().st_gid
    assert others.is_dir()
    others.rmdir()
    assert again != user or not left.exists()
    shutil.rmtree(left, ignore_errors=True)


def test_no_descriptors_are_lost(submit: Callable[..., Any]) -> None:
    submitted = submit("def f(): return 1")
    with submitted.check() as student:
        student.f()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        with submitted.check() as student:
            student.f()
    assert len(os.listdir("/proc/self/fd")) == before


STATE = """
import random
import numpy as np
chances = random.random(), float(np.random.random()), hash("text"), float(np.random.default_rng(1).random())
"""


@pytest.mark.parametrize("level", LEVELS)
def test_chance_is_the_same_in_every_sandbox(level: Level, submit: Callable[..., Any]) -> None:
    seen = set()
    for _ in range(2):
        submitted = submit(STATE, level=level)
        for _ in range(2):
            with submitted.check() as student:
                seen.add(student.chances)
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def f(:", "SyntaxError"),
        ("x = '\0'", "null"),
        ("(" * 1000, "parentheses"),
        ("-" * 100_000 + "1", ""),
        ("x = [" + "1.5," * 3_000_000 + "]", ""),
    ],
    ids=["syntax", "null", "parentheses", "recursion", "memory"],
)
def test_a_source_that_can_not_be_compiled_is_the_submissions_fault(source: str, words: str) -> None:
    with Sandbox(Bubblewrap(), Limits(memory=400 * 2**20)) as sandbox:
        reply = sandbox.load({"work.py": source.encode()}, "work")
    assert reply is not None
    assert words in f"{reply.name} {reply.text}"


class Broken(Bare):
    """A level whose program ends at once, with a word on why."""

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        started = super().launch(submission, home, control, limits)
        return replace(started, command=["ls", "/a-file-that-is-not-there"])


def test_a_sandbox_that_does_not_start_says_why() -> None:
    with pytest.raises(SandboxError, match="a-file-that-is-not-there"):
        Sandbox(Broken(), Limits())


class Orphaning(Bare):
    """A level whose program ends at once, and leaves a child behind that holds all its connections.

    So does bubblewrap where it is killed while it sets up.
    """

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        started = super().launch(submission, home, control, limits)
        return replace(started, command=["sh", "-c", "sleep 61.25 & exit 3"])


def test_who_holds_the_connections_of_a_dead_sandbox_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.sandbox.process._START_WALL", 0.2)
    before = descendants(os.getpid())
    started = time.monotonic()
    with pytest.raises(SandboxError, match="does not answer"):
        Sandbox(Orphaning(), Limits())
    assert time.monotonic() - started < 20
    assert wait_until_gone(descendants(os.getpid()) - before) == set()
    assert not _orphans("sleep\x0061.25")


def _orphans(arguments: str) -> list[str]:
    """Return processes with such arguments whose parent has ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text, parent = path.read_text(), path.with_name("stat").read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended meanwhile
            continue
        if text.rstrip("\0") == arguments and parent == "1":
            found.append(path.parent.name)
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_one_sandbox_serves_one_submission_after_the_other(level: Level) -> None:
    """Nothing of the first is there for the second, and the warm process runs none of either."""
    with Sandbox(level, Limits()) as sandbox:
        for text in ("first", "second"):
            files = {"work.py": WORK.encode(), f"{text}.py": f"name = '{text}'".encode()}
            files |= {f"{name}.py": INTRUDER.encode() for name in ("defusedxml", "IPython", "setuptools_scm")}
            assert sandbox.load(files, "work") is None
            for _ in range(2):
                with StudentProxy(
                    SandboxChannel(sandbox, Budget.of(Limits())), "work", Transcript()
                ) as student:
                    assert student.helpers() == [text]
                    assert student.intruders == 0


#: What Matplotlib and the packages it needs import where it is there; it must not run in the warm process.
INTRUDER = "import builtins\nbuiltins.intruders = getattr(builtins, 'intruders', 0) + 1\n"

WORK = """
import builtins
import matplotlib.pyplot

intruders = getattr(builtins, "intruders", 0)

def helpers():
    found = []
    for name in ("first", "second"):
        try:
            found.append(__import__(name).name + "")
        except (ImportError, TypeError):
            pass
    return found
"""
