"""A helper from outside: a process of ours that grades one submission after the other, and can be ended."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.util import get_temp_dir
from pathlib import Path
from weakref import WeakSet

import autograder
from autograder.grading.helper.bounds import OUT_OF_MEMORY, Bounds
from autograder.grading.helper.job import Job, Refused
from autograder.grading.helper.journal import Journal
from autograder.grading.result import Grade
from autograder.sandbox.folders import remove_folders_of
from autograder.sandbox.levels.level import Level
from autograder.sandbox.process import SandboxError
from autograder.sandbox.usage import cpu_of, resident_of

#: Seconds that a helper may take until it has imported all that it needs; on an idle machine that is 1.
_START_WALL = 120.0
#: Seconds for ending its sandboxes.
_QUIT_WALL = 10.0
#: Seconds between two looks at what it uses.
_LOOK = 0.1

#: The first lines of a helper: what is imported comes from where it came from here, never from the folder in
#: which somebody happens to grade.
_BOOT = (
    "import sys; root = sys.argv[1]; sys.path[:0] = [] if root in sys.path else [root]; "
    "from autograder.grading.helper.main import main; main()"
)
#: A variable that pytest sets anew for each test.
_NOT_PASSED_ON = "PYTEST_CURRENT_TEST"


#: The helpers of this process that have not been closed.
_OPEN: "WeakSet[Helper]" = WeakSet()


def kill_helpers() -> None:
    """End the helpers that this process has started, and remove the files of their sandboxes, at once."""
    for helper in list(_OPEN):
        helper.kill()


class HelperEnded(Exception):  # noqa: N818 - it is mostly an ending that was wanted
    """A helper ended before it answered.

    Attributes:
        why: of which bound it was ended for, "time" or "memory"; "killed" where somebody else did it, and
            "crashed" where it broke down by itself.
    """

    def __init__(self, why: str, status: int | None):
        super().__init__(f"the process that grades was ended ({why}, status {status})")
        self.why = why


class Helper:
    """One such process; it ends with the thread that started it, and with this process.

    Attributes:
        environment: the variables that it was started with.
        counted: CPU seconds that it had used when it answered last.
    """

    def __init__(self) -> None:
        self.environment = environment()
        self.counted = 0.0
        self._socket, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        root = str(Path(autograder.__file__).parents[1])
        with inner:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _BOOT, root, str(inner.fileno()), get_temp_dir()],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[inner.fileno()],
                start_new_session=True,
            )
        self._connection = Connection(os.dup(self._socket.fileno()))
        self._greeted = False
        self._levels: set[Level] = set()
        _OPEN.add(self)

    @property
    def cpu(self) -> float:
        """The CPU seconds that it has used."""
        return cpu_of(self._process.pid)

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def can_be_used_again(self) -> bool:
        """Whether it runs, and has the environment that one started now would have."""
        return self.is_alive() and self.environment == environment()

    def is_slender(self, bounds: Bounds) -> bool:
        """Whether it holds so little memory that another submission may be graded in it."""
        return resident_of(self._process.pid) <= bounds.kept

    def grade(self, job: Job, journal: Journal, cpu: Callable[[], float], bounds: Bounds) -> Grade | Refused:
        """Have it grade a submission, and watch it meanwhile.

        Args:
            job: what to do.
            journal: what is known of the submission; the helper goes on where it ends.
            cpu: returns the CPU seconds that are left for all cases.
            bounds: of what the helper may use.

        Raises:
            HelperEnded: it was ended, by this or by something else.
            SandboxError: it does not start.
        """
        self._greet()
        self._levels.add(job.level)
        watched = _Watched(self, journal, cpu, bounds)
        try:
            socket.send_fds(self._socket, [b"j"], [journal.descriptor])
            self._connection.send(job)
            while not self._connection.poll(_LOOK):
                if (why := watched.excess()) is not None:
                    raise self._ended(why)
            answer: Grade | Refused = self._connection.recv()
        except (OSError, EOFError) as error:
            raise self._ended("") from error
        self.counted = self.cpu
        return answer

    def resident(self) -> int:
        """Return the bytes of memory that it holds."""
        return resident_of(self._process.pid)

    def close(self) -> None:
        """Have it end its sandboxes and itself; kill it where it does not."""
        with contextlib.suppress(OSError):  # it is gone already
            self._socket.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_QUIT_WALL if self._greeted else 0)
        if self._process.returncode != 0:  # it could not remove its folders, or the kernel did not let it
            self._kill()
        self._let_go()

    def kill(self) -> None:
        """End it now, and remove what it could not remove itself."""
        self._kill()
        self._let_go()

    def _greet(self) -> None:
        """Wait until it has started."""
        if self._greeted:
            return
        try:
            self._greeted = self._connection.poll(_START_WALL) and bool(self._connection.recv())
        except (OSError, EOFError) as error:
            self._kill()
            assert self._process.stderr is not None
            said = self._process.stderr.read().decode(errors="replace").strip().splitlines()[-1:]
            raise SandboxError(f"the process that grades does not start: {' '.join(said)}") from error
        if not self._greeted:
            raise SandboxError("the process that grades does not start")

    def _ended(self, why: str) -> HelperEnded:
        """Return what to raise of a helper that is not to go on, once it is gone."""
        if not why:  # it ends by itself, and the kernel takes a moment to tell
            try:
                self._process.wait(1.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._kill()
        status = self._process.returncode
        if not why:
            by_status = {OUT_OF_MEMORY: "memory", -signal.SIGKILL: "killed", -signal.SIGTERM: "killed"}
            why = by_status.get(status, "crashed")
        return HelperEnded(why, status)

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for level in self._levels:
            remove_folders_of(self._process.pid, level)

    def _let_go(self) -> None:
        _OPEN.discard(self)
        self._connection.close()
        self._socket.close()
        if self._process.stderr is not None:
            self._process.stderr.close()


class _Watched:
    """What a helper uses for one submission."""

    def __init__(self, helper: Helper, journal: Journal, left: Callable[[], float], bounds: Bounds):
        self._helper, self._journal, self._left, self._bounds = helper, journal, left, bounds
        self._case, self._begun = "", helper.cpu
        self._naming = False

    def excess(self) -> str | None:
        """Return of which it uses too much, "time" or "memory"; None while all is well."""
        self._journal.look()
        cpu = self._helper.cpu
        if (self._case, self._naming) != (self._journal.running, self._journal.naming):
            self._case, self._naming, self._begun = self._journal.running, self._journal.naming, cpu
        if self._helper.resident() > self._bounds.memory:
            return "memory"
        if self._naming:
            return "time" if cpu - self._begun > self._bounds.diagnosis_cpu else None
        if self._case and cpu - self._begun > self._bounds.case_cpu:
            return "time"
        return "time" if self._left() < 0 else None


# A forked child has no business with its parent's helpers.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_OPEN.clear)


def environment() -> dict[str, str]:
    """Return the variables that a helper started now is given."""
    return {name: value for name, value in os.environ.items() if name != _NOT_PASSED_ON}
