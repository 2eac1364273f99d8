"""A sandboxed process: started once per submission, warm, forked once per check."""

import contextlib
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self, TypeVar
from weakref import WeakSet

from autograder.sandbox import seccomp
from autograder.sandbox.folders import hand_over, new_folder, remove, remove_left_behind
from autograder.sandbox.inside import messages
from autograder.sandbox.inside.wire import WireError
from autograder.sandbox.levels.level import Launch, Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.packages import importable_names
from autograder.sandbox.schedstat import run_delay
from autograder.sandbox.uids import open_to_all

#: Seconds that a fresh process may take until it is warm; importing NumPy and Matplotlib takes under 2.
_START_WALL = 60.0
#: Seconds for compiling a submission; a module of a thousand lines takes 0.05.
_LOAD_WALL = 120.0
#: Seconds for ending what runs and emptying a folder.
_QUIT_WALL = 10.0

#: The kernel's `struct ucred`: process, user, group.
_CREDENTIALS = struct.Struct("3i")

#: Modules that are imported once, before forking, and what tells in a submission's files that it needs them.
_WARMED = {"matplotlib.pyplot": re.compile(rb"matplotlib|pylab"), "pdb": re.compile(rb"pdb")}

_M = TypeVar("_M", bound=messages.Message)


class SandboxError(Exception):
    """The sandbox itself failed: the machine's fault, never the submission's."""


class CompilerError(SandboxError):
    """Compiling a submission's source ended the warm process, or took too long."""


class Child:
    """The trusted side's ends of one check's process: its connection and what it prints."""

    def __init__(self, sandbox: "Sandbox", connection: socket.socket, output: int):
        self.sandbox = sandbox
        self.connection = connection
        self.output = output
        self._pid: int | None = None

    def wait_for_greeting(self) -> None:
        """Wait until the process is about to execute the module.

        Before that it sends one byte, and the kernel says who sent it, whatever namespaces are in between.

        Raises:
            SandboxError: it does not come to that, which is not the submission's fault.
        """
        if not select.select([self.connection], [], [], _START_WALL)[0]:
            raise SandboxError("a check's process does not start")
        if sys.platform == "linux":
            greeting, ancillary, _, _ = self.connection.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            self._pid = next((_CREDENTIALS.unpack(data)[0] for *_, data in ancillary), None)
        else:
            greeting = self.connection.recv(1)
        if not greeting:
            raise SandboxError("a check's process ended before it began")

    def run_delay(self) -> float | None:
        """Return how many seconds its main thread has waited for a core; None if the kernel does not tell."""
        return run_delay(self._pid) if self._pid else None

    def close(self) -> None:
        """End the process, before it hears that nobody listens and takes time for an orderly end."""
        try:
            self.sandbox.end_child()
        finally:
            self.connection.close()
            os.close(self.output)


#: All that are not closed, for `kill_sandboxes`.
_OPEN: "WeakSet[Sandbox]" = WeakSet()


def kill_sandboxes() -> None:
    """End the processes of all sandboxes that this process has started, and remove their files, at once."""
    for sandbox in list(_OPEN):
        sandbox.kill()


class Sandbox:
    """A warm process in which submissions can be run, one after the other, check by check.

    It never executes any of a submission itself, and holds the files of one submission at a time.

    Args:
        level: how it is protected.
        limits: what the processes of a submission may use.

    Attributes:
        usable: False once something has gone wrong; then it can only be closed.
        spent: CPU seconds that the ended processes of the current submission used, as last heard of.
        overfull: whether the current child was ended for what it put into its folder, as last heard of.
    """

    def __init__(self, level: Level, limits: Limits):
        self.level = level
        self.limits = limits
        self.usable = True
        self.spent = 0.0
        self.overfull = False
        self._looked = time.monotonic()
        self._folder = new_folder(level)
        self._files, home = self._folder / "submission", self._folder / "home"
        self._files.mkdir(mode=0o755)
        home.mkdir()
        self._control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inner:
            launch = level.launch(self._files, home, inner.fileno(), limits)
            self._account = launch.account
            if self._account is not None:
                remove_left_behind(self._folder.parent, self._account.user)
                hand_over(self._folder, home, self._account.user)
            self._process = self._start(launch, inner)
        _OPEN.add(self)
        try:
            self._greet(launch)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all its processes and remove its files."""
        with contextlib.suppress(SandboxError):  # what it leaves behind is for it to remove, with its rights
            self._ask(messages.Quit(), _QUIT_WALL, messages.Done)
        self._control.close()
        self.kill()
        if self._process.stderr is not None:
            self._process.stderr.close()
        if self._account is not None:
            self._account.close()

    def kill(self) -> None:
        """End all its processes and remove its files, as far as this process has the right to."""
        self._end_group()
        remove(self._folder)
        _OPEN.discard(self)

    def load(
        self,
        files: Mapping[str, bytes],
        module: str,
        forbidden: Sequence[str] = (),
        explained: Mapping[str, str] = MappingProxyType({}),
    ) -> messages.Error | None:
        """Exchange the submission and compile its module without running it; return None or the error reply.

        Args:
            files: the submission's, by relative name.
            module: name of the student's module.
            forbidden: packages that may be imported but not used. Files of the submission's that would be one
                of them do not get in, whatever its code does to Python's way of importing.
            explained: modules that may not be there, each with the sentence to say where they are used then.

        Raises:
            CompilerError: the compiler does not survive the source, or not in time.
            SandboxError: the sandbox fails before the submission is looked at.
        """
        self.spent = 0.0
        files = {name: content for name, content in files.items() if _module_of(name) not in forbidden}
        self._exchange(files)
        for warmed, sign in _WARMED.items():
            if any(sign.search(content) for name, content in files.items() if name.endswith(".py")):
                self._ask(messages.Warm(warmed), _START_WALL, messages.Done)
        try:
            reply = self._ask(
                messages.Load(module, list(forbidden), list(explained.items())),
                _LOAD_WALL,
                messages.Done,
                messages.Error,
            )
        except SandboxError as error:
            raise CompilerError("the compiler takes too long over it, or crashes") from error
        return reply if isinstance(reply, messages.Error) else None

    def fork(self) -> Child:
        """Start a fresh process for one check; the one before, if any, is ended."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        if sys.platform == "linux":
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        reading, writing = os.pipe()
        try:
            self._tell(messages.Fork(), [theirs.fileno(), writing])
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
        """Return the CPU seconds that the current child has used; brings `spent` up to date."""
        used = self._ask(messages.Usage(), _START_WALL, messages.Used)
        self.spent, self.overfull = used.ended, used.overfull
        return used.running

    def recently_spent(self) -> float:
        """Return the CPU seconds of the submission's ended processes, as they were a moment ago.

        The moment is a hundredth of the limit at most, so that short checks need not ask.
        """
        if time.monotonic() - self._looked > self.limits.total_cpu / 100:
            self.child_cpu()
            self._looked = time.monotonic()
        return self.spent

    def child_was_killed(self) -> bool:
        """Return whether the current child, whose connection is closed, was killed by nobody of ours."""
        return self._ask(messages.Fate(), _START_WALL, messages.Ended).killed

    def end_child(self) -> None:
        """Kill the current child, without waiting for its end."""
        self._tell(messages.End())

    def is_alive(self) -> bool:
        """Whether the warm process answers."""
        try:
            self.child_cpu()
        except SandboxError:
            self.usable = False
        return self.usable

    def can_be_used_again(self) -> bool:
        """Whether it can serve another submission, which will find no trace of those before it."""
        try:
            return self._ask(messages.Renew(), _START_WALL, messages.Renewed).unmarked
        except SandboxError:
            return False

    def _exchange(self, files: Mapping[str, bytes]) -> None:
        for entry in self._files.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        for name, content in files.items():
            path = self._files / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if self._account is not None:
            open_to_all(self._files)

    def _start(self, launch: Launch, inner: socket.socket) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            launch.command,
            env=launch.environment,
            cwd=launch.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[inner.fileno()],
            start_new_session=True,
            **_identity(launch),
        )

    def _greet(self, launch: Launch) -> None:
        confinement = launch.confinement
        settings = messages.Settings(
            submission=launch.submission,
            home=launch.home,
            fonts=launch.fonts,
            packages=importable_names(),
            limits=list({**self.limits.resource_limits(), **launch.limits}.items()),
            scratch=(self.limits.scratch, self.limits.scratch_entries),
            user=launch.account.user if launch.account and confinement.become else None,
            root=confinement.root,
            landlock=confinement.landlock,
            seccomp=seccomp.filter_programs() if seccomp.is_supported() else None,
        )
        self._ask(settings, _START_WALL, messages.Done)

    def _ask(self, command: messages.Message, wait: float, *expected: type[_M]) -> _M:
        """Send a command and return the reply, which is of one of the expected types.

        Raises:
            SandboxError: the warm process has died or does not answer.
        """
        self._tell(command)
        try:
            self._control.settimeout(wait)
            body = self._control.recv(2**16)
        except OSError as error:
            raise self._failure(f"does not answer ({error})") from error
        if not body:
            raise self._failure("ended by itself")
        try:
            return messages.unpack_message(body, *expected)
        except WireError as error:
            raise self._failure(f"answers what it was not asked ({error})") from error

    def _tell(self, command: messages.Message, descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._control, [messages.pack_message(command)], descriptors)
        except OSError as error:
            raise self._failure(f"can't be reached ({error})") from error

    def _failure(self, what: str) -> SandboxError:
        self.usable = False
        return SandboxError(f"the sandbox {what}{self._last_words()}")

    def _end_group(self) -> None:
        """End what was started, and what that has started.

        Where bubblewrap is killed while it sets up, its own child would wait for it for ever.
        """
        if self._process.returncode is None:  # else the number may be another's by now
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _last_words(self) -> str:
        """End what is left, and return why the program had ended by itself, as the end of a sentence."""
        assert self._process.stderr is not None
        error = self._process.stderr.fileno()
        os.set_blocking(error, False)
        until = time.monotonic() + 0.5
        said = b""
        while time.monotonic() < until:
            with contextlib.suppress(BlockingIOError):
                chunk = os.read(error, 2**16)
                said += chunk
                if not chunk:  # nobody holds the other end
                    break
            time.sleep(0.01)
        self._end_group()
        lines, status = said.decode(errors="replace").strip().splitlines(), self._process.returncode
        return f": {lines[-1]}" if lines else "" if status == -signal.SIGKILL else f" with status {status}"


def _module_of(name: str) -> str:
    """Return the top-level module that a file is, or is part of, by its name within the submission."""
    return name.partition("/")[0].partition(".")[0]


def _identity(launch: Launch) -> dict[str, Any]:
    """Return as whom to start the program: as the account, unless it is to become that by itself."""
    if launch.account is None or launch.confinement.become:
        return {}
    return {"user": launch.account.user, "group": launch.account.user, "extra_groups": []}
