"""A class of six that the real command grades, while something goes wrong."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import find_assignment
from autograder.grading import Grade
from autograder.variants.sample_class import sample_class, write_sample_class
from autograder.verdicts import SubmissionVerdict

ROOT = Path(__file__).resolve().parents[2]
TOPIC = "initialization"
MEMBERS = (
    "reference",
    "misconception-weights-all-zero",
    "misconception-he-like-xavier",
    "broken-os-exit",
    "broken-syntax-error",
    "broken-no-file",
)
#: Seconds that any run may take; on a crowded machine one takes a minute.
LONGEST = 600.0

Files = dict[str, bytes]


class Run:
    """The command on a class, in a session of its own.

    Args:
        folder: holds `class/`; temporary files and what the command says go there, too.
        out: the folder for the grades.
        wrap: changes the command line.
    """

    def __init__(self, folder: Path, out: Path, wrap: Callable[[list[str]], list[str]] = list):
        arguments = ("grade", folder / "class", "--assignment", TOPIC, "--out", out, "--jobs", 2)
        self.log = folder / f"{out.name}-{time.monotonic_ns()}.log"
        with self.log.open("w") as said:
            self.process = subprocess.Popen(
                wrap([sys.executable, "-m", "autograder", *map(str, arguments)]),
                cwd=ROOT,
                env=os.environ | {"TMPDIR": str(folder), "COLUMNS": "200"},
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """All that the command has printed."""
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, grades: int, seconds: float) -> None:
        """Wait until so many are graded, and then a while, but not beyond the end."""
        while self.process.poll() is None and self.said.count("\ngrading") + 1 < grades:
            time.sleep(0.02)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)

    def wait(self) -> int:
        """Wait for the end, return the status, and see to it that nothing runs on."""
        status = self.process.wait(LONGEST)
        left = still_running(in_session(self.process.pid))
        assert not left, f"processes are left: {left}"
        return status

    def processes(self, kind: str) -> list[int]:
        """Return the processes of a kind that are there now: a key of `KINDS`."""
        return [pid for pid in descendants(self.process.pid) if KINDS[kind](self.process.pid, pid)]


@dataclass(frozen=True)
class Scene:
    """A class, the files that an undisturbed run wrote, and how long that took.

    Attributes:
        folder: with `class/`, `right/` and room for other runs.
        right: all files but logs, by relative name.
        seconds: from the beginning of that run to its end.
    """

    folder: Path
    right: Files
    seconds: float

    def nothing_is_wrong(self, out: Path) -> int:
        """See that a folder of a run that was disturbed holds true grades only; return how many."""
        grades = {path: path.read_bytes() for path in out.glob("*/grade.json")}
        for path, content in grades.items():
            grade = Grade.from_json(content.decode())
            if grade.verdict != SubmissionVerdict.INFRASTRUCTURE:
                assert content == self.right[str(path.relative_to(out))], path
        return len(grades)

    def nothing_is_lost(self, out: Path) -> None:
        """See that the same command, run again, leaves the right files and keeps grades that are there."""
        before = {path: path.stat().st_mtime_ns for path in out.glob("*/grade.json") if _is_true(path)}
        again = Run(self.folder, out)
        assert again.wait() == 0, again.said
        assert files_of(out) == self.right
        assert {path: path.stat().st_mtime_ns for path in before} == before


def make_scene(folder: Path) -> Scene:
    """Write the class, and grade it undisturbed."""
    members = sample_class(find_assignment(TOPIC, ROOT))
    write_sample_class(folder / "class", TOPIC, {name: members[name] for name in MEMBERS})
    started = time.monotonic()
    run = Run(folder, folder / "right")
    assert run.wait() == 0, run.said
    return Scene(folder, files_of(folder / "right"), time.monotonic() - started)


def files_of(out: Path) -> Files:
    """Return what a run wrote, without logs, which hold times."""
    paths = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "run.json"]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def _is_true(path: Path) -> bool:
    return Grade.from_json(path.read_text(encoding="utf-8")).verdict != SubmissionVerdict.INFRASTRUCTURE


def descendants(pid: int) -> list[int]:
    """Return the processes below one, and itself, parents first."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        found.append(waiting.pop(0))
        for children in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            waiting += map(int, _read(children).split())
    return found


def still_running(pids: Sequence[int]) -> list[str]:
    """Return the command lines of those that have not ended within ten seconds."""
    until = time.monotonic() + 10
    while (left := [pid for pid in pids if _state(pid) not in ("", "Z")]) and time.monotonic() < until:
        time.sleep(0.05)
    return [" ".join(_arguments(pid))[:200] for pid in left]


def _state(pid: int) -> str:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return fields[0] if fields else ""


def in_session(session: int) -> list[int]:
    """Return the processes of a session that are not over."""
    return [
        int(stat.parent.name)
        for stat in Path("/proc").glob("[0-9]*/stat")
        if (fields := _read(stat).rpartition(")")[2].split())
        and fields[0] != "Z"
        and int(fields[3]) == session
    ]


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:  # it has ended meanwhile
        return ""


def _arguments(pid: int) -> Sequence[str]:
    return _read(Path(f"/proc/{pid}/cmdline")).split("\0")


def _parent(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(fields[1]) if fields else 0


def _is_spawned(command: int, pid: int) -> bool:
    return _parent(pid) == command and any("spawn_main" in word for word in _arguments(pid))


def _is_warm(pid: int) -> bool:
    return any("inside.loop" in word for word in _arguments(pid))


def _first_spawned(command: int) -> int:
    return next((pid for pid in descendants(command) if _is_spawned(command, pid)), 0)


#: Whether a process below the command is of that kind.
KINDS: dict[str, Callable[[int, int], bool]] = {
    "command": lambda command, pid: pid == command,
    # Starts before all workers.
    "drawing process": lambda command, pid: pid == _first_spawned(command),
    "worker": lambda command, pid: _is_spawned(command, pid) and pid != _first_spawned(command),
    # With bubblewrap around it there are several, one in the other.
    "sandbox": lambda command, pid: _is_warm(pid) and not _is_warm(_parent(pid)),
    "child": lambda command, pid: _is_warm(pid) and _is_warm(_parent(pid)),
}
