"""How requests reach the student's code: across a socket with limits, or, for our own variants, directly."""

import io
import os
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import ModuleType
from typing import Protocol

from autograder.proxy.budget import Budget
from autograder.proxy.deadline import Deadline, Meter
from autograder.proxy.errors import garbled
from autograder.proxy.global_rng import Chance
from autograder.proxy.while_loops import allow_turns, compiled_with_limit
from autograder.sandbox.inside import messages, wire
from autograder.sandbox.inside.frames import HEADER
from autograder.sandbox.inside.server import Server, describe_error
from autograder.sandbox.process import Child, Sandbox, SandboxError
from autograder.verdicts import StudentCrashError, StudentKilledError

CallBack = Callable[[messages.Question], messages.Reply]


class Channel(Protocol):
    """A way to the student's code, for the length of one check."""

    def start(self) -> None:
        """Start a fresh process without waiting for it."""

    def open(self) -> messages.Names | messages.Error:
        """Start a fresh process, unless that was just done; return its first reply."""

    def exchange(self, label: str, request: messages.Request, call_back: CallBack) -> messages.Reply:
        """Send a request and return the reply.

        Args:
            label: what the request is about, for a reader: "softmax_loss", "Solver.train()".
            request: the request.
            call_back: answers what the student's code asks meanwhile.
        """

    def close(self) -> None:
        """End the process."""


#: Bytes to ask for at once, at least: most frames are smaller.
_SMALL = 2**16


class SandboxChannel:
    """A check's own process in a sandbox.

    Attributes:
        printed: the end of what the student's code printed.
    """

    def __init__(self, sandbox: Sandbox, budget: Budget):
        self.printed = b""
        self._sandbox = sandbox
        self._budget = budget
        self._limits = sandbox.limits
        self._child: Child | None = None
        self._meter: Meter | None = None
        self._started: float | None = None
        self._arrived = bytearray()

    def start(self) -> None:
        """Have the process execute the student's module while the check gets ready, if there is time left."""
        self.close()
        self._arrived.clear()
        spent = self._budget.before + self._sandbox.recently_spent() + self._budget.callbacks
        self._budget.cpu = self._limits.total_cpu - spent
        if self._budget.is_left():
            self._child = self._sandbox.fork()
            self._started = time.monotonic()

    def open(self) -> messages.Names | messages.Error:
        """Wait until the process has executed the student's module."""
        if self._started is None:
            self.start()
        self._budget.check()
        assert self._started is not None
        assert self._child is not None
        self._child.wait_for_greeting()
        self._meter = Meter(self._child, self._started)
        self._started = None
        with self._call(self._meter, "") as deadline:
            return messages.unpack_message(self._read_frame(deadline), *messages.FIRST_REPLIES)

    def exchange(self, label: str, request: messages.Request, call_back: CallBack) -> messages.Reply:
        """Send one request and wait for its reply, within the limits of one call."""
        assert self._meter is not None
        self._budget.check(self._meter.cpu, self._meter.idle)
        with self._call(self._meter, label) as deadline:
            self._send(messages.pack_message(request), deadline)
            while True:
                frame = self._read_frame(deadline)
                with self._meter.callback():
                    message = messages.unpack_message(frame, *messages.REPLIES, *messages.QUESTIONS)
                    if isinstance(message, (messages.Ok, messages.Error)):
                        return message
                    answer = messages.pack_message(call_back(message))
                self._send(answer, deadline)

    def close(self) -> None:
        """End the process."""
        self._started = None
        if self._child is not None:
            self._read_output()
            child, self._child = self._child, None
            try:
                if self._meter is not None:
                    self._meter.charge(self._budget)
            finally:
                self._meter = None
                child.close()

    @contextmanager
    def _call(self, meter: Meter, label: str) -> Iterator[Deadline]:
        """Limit the time of the block; what the wire does not carry is the student's fault."""
        with meter.call():
            deadline = Deadline(meter, self._budget, label)
            try:
                yield deadline
            except wire.WireError as error:
                raise garbled(str(error)) from error
            deadline.came_back()

    def _send(self, body: bytes, deadline: Deadline) -> None:
        """Send a frame, while taking in what the process prints, lest it waits for us as we wait for it."""
        assert self._child is not None
        waiting = memoryview(HEADER.pack(len(body)) + body)
        while waiting:
            try:
                deadline.check()  # who reads slowly has us wait, too
                waiting = waiting[self._child.connection.send(waiting) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError as error:
                raise self._crash() from error

    def _read_frame(self, deadline: Deadline) -> bytes:
        (length,) = HEADER.unpack(self._read(HEADER.size, deadline))
        if length > wire.MAX_FRAME:
            raise wire.WireError(f"{length} bytes, more than the {wire.MAX_FRAME} allowed")
        return self._read(length, deadline)

    def _read(self, length: int, deadline: Deadline) -> bytes:
        """Return so many bytes of what arrives; a small frame arrives as a whole."""
        assert self._child is not None
        while len(self._arrived) < length:
            try:
                deadline.check()
                chunk = self._child.connection.recv(max(length - len(self._arrived), _SMALL))
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except OSError as error:
                raise self._crash() from error
            if not chunk:
                raise self._crash()
            self._arrived += chunk
        content = bytes(self._arrived[:length])
        del self._arrived[:length]
        return content

    def _wait(self, event: int, deadline: Deadline) -> None:
        """Wait until the connection is ready, keeping the end of what the process prints."""
        assert self._child is not None
        connection = self._child.connection.fileno()
        poll = select.poll()
        poll.register(connection, event)
        poll.register(self._child.output, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll(1000 * deadline.next_look())}
            if self._child.output in ready and not self._read_output():
                poll.unregister(self._child.output)
            if connection in ready:
                return
            deadline.check()

    def _read_output(self) -> bool:
        """Take in what was printed, a pipe's content at most; return False when there can be no more."""
        assert self._child is not None
        try:
            chunk = os.read(self._child.output, 2**20)
        except BlockingIOError:
            return True
        self.printed = (self.printed + chunk)[-self._limits.output :]
        return bool(chunk)

    def _crash(self) -> StudentCrashError | SandboxError:
        if not self._sandbox.is_alive():
            return SandboxError("the sandbox ended while a check was running")
        if self._sandbox.overfull:
            return StudentCrashError("your code wrote more files, or larger ones, than it may")
        ended = StudentKilledError if self._sandbox.child_was_killed() else StudentCrashError
        return ended("your code ended its own process (by os._exit, by a signal, or by a crash in C code)")


class DirectChannel:
    """Our own variants, called in this process: for telling which misconception a student's output equals.

    Their time has no limit, but `while` loops end after a fixed number of turns. Never for students' code.
    """

    def __init__(self, source: str, name: str):
        self._code = compiled_with_limit(source, f"{name}.py")
        self._name = name
        self._server: Server | None = None
        self._call_back: CallBack | None = None

    def start(self) -> None:
        """Do nothing yet: there is no process."""

    def open(self) -> messages.Names | messages.Error:
        """Execute the module anew."""
        module = ModuleType(self._name)
        allow_turns(module)
        self._chance = Chance()
        self._server = Server(module, f"{self._name}.py", self._ask)
        try:
            with _silence(), self._chance.exchanged():
                exec(self._code, vars(module))
        except Exception as error:
            return describe_error(error, f"{self._name}.py")
        return self._server.names()

    def exchange(self, label: str, request: messages.Request, call_back: CallBack) -> messages.Reply:
        """Answer the request here and now."""
        assert self._server is not None
        self._call_back = call_back
        with _silence(), self._chance.exchanged():
            return self._server.answer(messages.pack_message(request))

    def close(self) -> None:
        """Forget the module."""
        self._server = None

    def _ask(self, question: messages.Question) -> messages.Reply:
        assert self._call_back is not None
        with self._chance.exchanged():  # the check draws from this process's own
            return self._call_back(
                messages.unpack_message(messages.pack_message(question), *messages.QUESTIONS)
            )


@contextmanager
def _silence() -> Iterator[None]:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        yield
