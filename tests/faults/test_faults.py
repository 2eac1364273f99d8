"""Whatever is killed, full or stopped at whatever moment: nothing is lost, nothing doubled.

The same command afterwards gives the files of an undisturbed run, byte for byte; cases say what happened.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .scene import KINDS, MEMBERS, Run, Scene, descendants, make_scene, still_running

#: Seconds from Ctrl-C to the end; more where other processes take the cores meanwhile.
WITHIN = 2.0 if os.getloadavg()[0] <= (os.cpu_count() or 1) else 6.0

_by_hand = pytest.mark.by_hand, pytest.mark.long
_sample = (pytest.mark.long,)


def moments(count: int, few: int) -> list[object]:
    """Return numbers of moments: a few in `make test-long`, all of them by hand."""
    return [pytest.param(n, marks=_sample if n < few else _by_hand) for n in range(count)]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture
def out(scene: Scene) -> Iterator[Path]:
    folder = scene.folder / "out"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _heeded() -> Iterator[None]:
    """Have Ctrl-C heeded by what is started: tests that run in the background of a script ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("moment", moments(50, few=5))
def test_killed(moment: int, scene: Scene, out: Path) -> None:
    """Kinds of processes take turns; where there is none of the kind at the moment, the next to come dies."""
    chance, kind = random.Random(moment), list(KINDS)[moment % len(KINDS)]
    run = Run(scene.folder, out)
    run.wait_for(chance.randrange(len(MEMBERS)), chance.uniform(0, scene.seconds / 8))
    while not (found := run.processes(kind)) and run.process.poll() is None:
        time.sleep(0.01)
    started = descendants(run.process.pid)
    with contextlib.suppress(ProcessLookupError):
        for pid in chance.sample(found, min(len(found), 1)):
            os.kill(pid, signal.SIGKILL)
    status = run.wait()
    assert not still_running(started)
    there = scene.nothing_is_wrong(out)
    print(f"killed: {kind if found else 'nothing, too late'}; status {status}, {there} grades")
    assert "Traceback" not in run.said, run.said
    assert status in (0, {"command": -signal.SIGKILL, "drawing process": 2}.get(kind, 0))
    scene.nothing_is_lost(out)


@pytest.mark.parametrize("moment", moments(20, few=4))
def test_stopped(moment: int, scene: Scene, out: Path) -> None:
    """Ctrl-C and SIGTERM take turns; in two of four cases a worker hangs."""
    chance, number = random.Random(moment), (signal.SIGINT, signal.SIGTERM)[moment % 2]
    run = Run(scene.folder, out)
    run.wait_for(chance.randrange(len(MEMBERS)), chance.uniform(1, scene.seconds / 8))
    hanging = run.processes("worker")[:1] if moment % 4 > 1 else []
    for pid in hanging:
        os.kill(pid, signal.SIGSTOP)
    sent, ready = time.monotonic(), run.said != ""
    with contextlib.suppress(ProcessLookupError):
        if number == signal.SIGINT:
            os.killpg(run.process.pid, number)  # as a terminal does
        else:
            run.process.send_signal(number)
    status = run.process.wait(60)
    took = time.monotonic() - sent
    run.wait()
    there = scene.nothing_is_wrong(out)
    print(
        f"{number.name}{', a worker hung' if hanging else ''}: {took:.2f} s, status {status}, {there} grades"
    )
    assert took < WITHIN
    if ready:  # before that, Python itself may still be starting, and says so
        assert "Traceback" not in run.said, run.said
        assert status == 0 or "the same command goes on from there" in run.said
    scene.nothing_is_lost(out)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small file system")
@pytest.mark.parametrize("size", moments(20, few=3))
def test_full(size: int, scene: Scene, out: Path) -> None:
    """The grades are written to a file system that has room for a part of them: from one page to all."""
    pages = 1 + size * 8
    out.mkdir()
    small = (
        f'mount -t tmpfs -o size={4 * pages}k none "{out}" && "$@"; s=$?; cp -a "{out}" "{out}.copy"; exit $s'
    )
    run = Run(scene.folder, out, lambda line: ["unshare", "--mount", "sh", "-c", small, "sh", *line])
    status = run.wait()
    copy = out.with_name("out.copy")
    out.rmdir()
    copy.rename(out)
    there = scene.nothing_is_wrong(out)
    print(f"{4 * pages} KiB: status {status}, {there} grades; {run.said.splitlines()[-1]}")
    assert "Traceback" not in run.said, run.said
    assert status == 0 or "No space left on device" in run.said
    scene.nothing_is_lost(out)


@pytest.mark.long
def test_two_graders(scene: Scene, out: Path) -> None:
    """Of two at once, one is refused in a sentence."""
    runs = [Run(scene.folder, out), Run(scene.folder, out)]
    statuses = sorted(run.wait() for run in runs)
    assert statuses == [0, 2]
    assert any("another run is writing grades" in run.said for run in runs)
    scene.nothing_is_lost(out)


def test_this_machine_tells_its_processes_apart() -> None:
    """What the cases above rely on: the kinds of processes are known by their command lines."""
    me = os.getpid()
    with subprocess.Popen(["sleep", "60"]) as other:
        assert [kind for kind in KINDS if KINDS[kind](me, other.pid)] == []
        assert [kind for kind in KINDS if KINDS[kind](me, me)] == ["command"]
        other.kill()
