"""A class of attackers among honest neighbours, and a scene of things that they must not touch."""

import ctypes
import hashlib
import os
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import Grade, grade_submissions
from autograder.grading.workers import local_workers
from autograder.sandbox.levels.choose import LEVELS
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from tests.attacks.hand_in import HERE, write_hand_in

SUBMISSIONS = sorted((HERE / "submissions").glob("*.py"))
SAFE = [level for level in LEVELS if level.safe and level.missing() is None]
NEIGHBOURS = 8
#: Short, since many attacks use up whatever there is; an honest call of this topic takes a millisecond.
LIMITS = Limits(call_cpu=0.2, call_wall=1.5, total_cpu=0.4, total_wall=2.0, memory=400 * 2**20)


@dataclass
class Scene:
    """What lies around the sandbox, open to every user of the machine but for the sandbox's walls.

    Attributes:
        folder: all of it.
        topic: the course's copy of the topic.
        listening: sockets that nobody must connect to.
        values: what stands for the names between `@` in the submissions' files.
    """

    folder: Path
    topic: Assignment
    listening: list[socket.socket] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def canary(self) -> Path:
        return self.folder / "canary"

    @property
    def members(self) -> Path:
        return self.folder / "class"

    def handed_in(self, name: str) -> Path:
        """Return an attack's folder or archive."""
        (path,) = (path for path in self.members.iterdir() if name in (path.name, path.name.split(".")[0]))
        return path

    def state(self) -> dict[str, tuple[object, ...]]:
        """Everything about the files out of the attackers' reach that they might change."""
        found: dict[str, tuple[object, ...]] = {}
        for path in [
            self.folder,
            *self.canary.rglob("*"),
            *self.topic.folder.rglob("*"),
            *self.members.glob("*"),
        ]:
            status = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            found[str(path)] = (status.st_mode, status.st_uid, status.st_nlink, status.st_mtime_ns, content)
        return found

    def connections(self) -> int:
        """How many have connected to what listens."""
        count = 0
        for server in self.listening:
            try:
                server.accept() if server.type == socket.SOCK_STREAM else server.recv(1)
                count += 1
            except BlockingIOError:
                pass
        return count


@dataclass(frozen=True)
class Siege:
    """A level of protection, and who attacks it among the neighbours."""

    level: Level
    attackers: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of one run over the class."""

    alone: dict[str, str]
    grades: dict[str, Grade]
    changed: set[str]
    connections: int
    left: set[int]


@pytest.fixture(scope="session")
def scene() -> Iterator[Scene]:
    """The scene, set up in a folder that every user can enter."""
    from tests.attacks.special import SPECIAL

    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="attacks-"))
        stack.callback(_remove, folder)
        folder.chmod(0o755)
        course = folder / "course" / "solutions" / "attacked"
        shutil.copytree(HERE / "solutions" / "attacked", course, ignore=shutil.ignore_patterns("__pycache__"))
        scene = Scene(folder, find_assignment("attacked", course.parent.parent))
        _lay_out(scene, stack)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("AUTOGRADER_CANARY", "a secret of the grader's")
        right = scene.topic.reference.read_text()
        scene.members.mkdir()
        for i in range(NEIGHBOURS):
            _write(scene.members / f"neighbour-{i}", f"{right}\n# {i}\n")
        for path in SUBMISSIONS:
            _write(scene.members / path.stem, _filled_in(path.read_text(), scene.values))
        for name, build in SPECIAL.items():
            build(scene.members / name, right, scene.canary)
        yield scene


@pytest.fixture(scope="session")
def besieged(scene: Scene) -> Callable[[Siege], Outcome]:
    """What becomes of a siege, each run once."""
    return cache(partial(_run, scene))


@pytest.fixture
def outcome(request: pytest.FixtureRequest, besieged: Callable[[Siege], Outcome]) -> Outcome:
    """What became of the siege that is this test's parameter."""
    return besieged(request.param)


def _run(scene: Scene, siege: Siege) -> Outcome:
    """Grade a class at one level of protection, neighbours and attackers in turn.

    The seed is fixed: one time in ten the lowest of ten is the first, as `hard_coded_answers` says.
    """
    attackers = [scene.handed_in(name) for name in siege.attackers]
    neighbours = sorted(p for p in scene.members.iterdir() if p.name.startswith("neighbour"))
    every = len(attackers) // len(neighbours) + 1
    mixed = [p for i, n in enumerate(neighbours) for p in (*attackers[i * every : (i + 1) * every], n)]
    _adopt_orphans()
    before, running = scene.state(), _descendants()
    with local_workers(3) as workers:
        grade = partial(grade_submissions, seed=0, executor=workers, level=siege.level, limits=LIMITS)
        alone = {g.student: g.to_json() for g in grade(neighbours, scene.topic)}
        grades = {g.student: g for g in grade(mixed, scene.topic)}
    after = scene.state()
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    return Outcome(alone, grades, changed, scene.connections(), _still_running(running))


def _write(folder: Path, source: str) -> None:
    folder.mkdir()
    write_hand_in(folder, source)


def _lay_out(scene: Scene, stack: ExitStack) -> None:
    """Make what must not be touched, all of it open to everybody."""
    (scene.canary / "open").mkdir(parents=True)
    (scene.canary / "open").chmod(0o777)
    (scene.canary / "open" / "file").write_text("to be left alone")
    (scene.canary / "open" / "file").chmod(0o666)
    (scene.canary / "secret.txt").write_text("a secret of the grader's")
    (scene.canary / "secret.txt").chmod(0o666)
    shutil.copy(scene.topic.reference, scene.canary / "reference.py")
    shutil.copy(scene.topic.reference, scene.canary / "attacked.py")
    abstract = scene.folder.name
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        (socket.AF_UNIX, socket.SOCK_STREAM, str(scene.canary / "socket")),
        (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{abstract}"),
    ):
        server = stack.enter_context(socket.socket(family, kind))
        server.bind(address)
        server.listen()
        server.setblocking(False)
        scene.listening.append(server)
    os.chmod(scene.canary / "socket", 0o777)
    port = scene.listening[0].getsockname()[1]
    for family, address in (
        (socket.AF_INET, ("127.0.0.1", port)),
        (socket.AF_UNIX, str(scene.canary / "datagrams")),
        (socket.AF_UNIX, f"\0{abstract}-datagrams"),
    ):
        datagrams = stack.enter_context(socket.socket(family, socket.SOCK_DGRAM))
        datagrams.bind(address)
        datagrams.setblocking(False)
        scene.listening.append(datagrams)
    os.chmod(scene.canary / "datagrams", 0o777)
    scene.values = {
        "@CANARY@": str(scene.canary),
        "@CLASS@": str(scene.members),
        "@COURSE@": str(scene.topic.course),
        "@REPOSITORY@": str(HERE.parent.parent),
        "@HOME@": str(Path.home()),
        "@ABSTRACT@": abstract,
        "PORT = 0": f"PORT = {port}",
        "GRADER = 0": f"GRADER = {os.getpid()}",
    }


def _filled_in(source: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        source = source.replace(name, value)
    assert not re.search(r"@[A-Z]+@", source)
    return source


def _remove(folder: Path) -> None:
    """Remove it all; some of it is nested deeper than Python's own removal goes."""
    os.system(f"rm -rf {folder}")


def _adopt_orphans() -> None:
    """Have processes whose parent dies become children of this one, so that none goes unseen."""
    assert ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0  # PR_SET_CHILD_SUBREAPER


def _descendants() -> set[int]:
    found, waiting = set(), [os.getpid()]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                children = {int(pid) for pid in task.read_text().split()}
            except OSError:
                continue
            waiting += children - found
            found |= children
    return found


def _still_running(known: set[int]) -> set[int]:
    """Return the new descendants that are there after a while, leaving out what has ended."""
    left: set[int] = set()
    for _ in range(100):
        left = {pid for pid in _descendants() - known if not _has_ended(pid)}
        if not left:
            break
        time.sleep(0.05)
    return left


def _has_ended(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True
    return state == "Z" or b"multiprocessing.resource_tracker" in command
