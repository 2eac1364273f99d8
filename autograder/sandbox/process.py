"""A sandboxed process: started once per submission, warm, forked once per check."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.sandbox import seccomp
from autograder.sandbox.inside import wire
from autograder.sandbox.levels import Launch, Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.packages import importable_names

__all__ = ["Child", "Sandbox", "SandboxError"]

#: Seconds that a fresh process may take until it is warm; importing NumPy and Matplotlib takes under 2.
_START_WALL = 60.0
#: Seconds for compiling the submission.
_LOAD_WALL = 20.0

Message = list[Any]


class SandboxError(Exception):
    """The sandbox itself failed: the machine's fault, never the submission's."""


class Child:
    """The trusted side's ends of one check's process: its connection and what it prints."""

    def __init__(self, sandbox: "Sandbox", connection: socket.socket, output: int):
        self.sandbox = sandbox
        self.connection = connection
        self.output = output

    def close(self) -> tuple[int, float]:
        """End the process; return its wait status and the CPU seconds it used."""
        self.connection.close()
        os.close(self.output)
        return self.sandbox.end_child()


class Sandbox:
    """A warm process in which one submission can be run, check by check.

    Args:
        level: how it is protected.
        submission: folder with the submission's files; seen read-only at the safe levels.
        module: name of the student's module.
        limits: what the processes may use.
    """

    def __init__(self, level: Level, submission: Path, module: str, limits: Limits):
        self.level = level
        self.limits = limits
        self._home = Path(tempfile.mkdtemp(prefix="autograder-"))
        self._control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inner:
            launch = level.launch(submission, self._home, inner.fileno())
            self._process = self._start(launch, inner)
        try:
            self._greet(launch, submission, module)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all its processes and remove its files."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def load(self) -> Message | None:
        """Compile the submission without running it; return None, or the error reply.

        A source that the compiler does not survive, or not in time, is the submission's fault. The sandbox
        can't be used after an error.
        """
        try:
            reply = self._ask(["load"], _LOAD_WALL)
        except SandboxError:
            return ["error", "RuntimeError", [], "the compiler takes too long over it, or crashes", []]
        return None if reply[0] == "ok" else reply

    def fork(self) -> Child:
        """Start a fresh process for one check; the one before, if any, is ended."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        reading, writing = os.pipe()
        try:
            self._ask(["fork"], _START_WALL, [theirs.fileno(), writing])
        except BaseException:
            ours.close()
            os.close(reading)
            raise
        finally:
            theirs.close()
            os.close(writing)
        ours.setblocking(False)
        os.set_blocking(reading, False)
        return Child(self, ours, reading)

    def child_cpu(self) -> float:
        """Return the CPU seconds that the current child has used."""
        return float(self._ask(["usage"], _START_WALL)[1])

    def end_child(self) -> tuple[int, float]:
        """Kill the current child; return its wait status and the CPU seconds it used."""
        _, status, cpu = self._ask(["end"], _START_WALL)
        return int(status), float(cpu)

    def _start(self, launch: Launch, inner: socket.socket) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            launch.command,
            env=launch.environment,
            cwd=launch.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[inner.fileno()],
        )

    def _greet(self, launch: Launch, submission: Path, module: str) -> None:
        settings: dict[str, Any] = {
            "submission": launch.submission,
            "module": module,
            "home": launch.home,
            "fonts": launch.fonts,
            "packages": importable_names(),
            "warm": _warm_modules(submission / f"{module}.py"),
            "limits": list(self.limits.resource_limits().items()),
            "seccomp": seccomp.filter_program() if seccomp.is_supported() else b"",
        }
        self._ask([[key, _plain(value)] for key, value in settings.items()], _START_WALL)

    def _ask(self, message: Message, wait: float, descriptors: list[int] | None = None) -> Message:
        """Send a control message and return the reply.

        Raises:
            SandboxError: the warm process has died or does not answer.
        """
        try:
            self._control.settimeout(wait)
            socket.send_fds(self._control, [wire.pack(message)], descriptors or [])
            reply = self._control.recv(2**16)
        except OSError as error:
            raise SandboxError(f"the sandbox does not answer ({error}){self._last_words()}") from error
        if not reply:
            raise SandboxError(f"the sandbox ended by itself{self._last_words()}")
        answer: Message = wire.unpack(reply)
        return answer

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        if self._process.poll() is None or self._process.stderr is None:
            return ""
        lines = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        return f": {lines[-1]}" if lines else f" with status {self._process.returncode}"


def _plain(value: Any) -> Any:
    return [list(v) if isinstance(v, tuple) else v for v in value] if isinstance(value, list) else value


def _warm_modules(path: Path) -> list[str]:
    """Where a submission names Matplotlib, import it before forking: for every check it would be slow."""
    try:
        return ["matplotlib.pyplot"] if b"matplotlib" in path.read_bytes() else []
    except OSError:
        return []
