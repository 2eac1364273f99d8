"""The sandbox's main program: a warm process that forks one child per check.

The warm process imports NumPy and compiles the submission, but never runs it. On request it forks a child
that gives up its rights, executes the submission as a module and answers calls on a connection of its own.
The control connection stays with the warm process; students' code never holds it.
"""

import contextlib
import gc
import os
import random
import signal
import socket
import sys
import time
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from . import wire
from .confine import apply_limits, die_with_parent, filter_system_calls, hide_memory
from .frames import receive, send
from .imports import restrict_imports
from .scratch import renew
from .server import Server, describe_error

__all__ = ["main"]

Message = list[Any]


class _Loop:
    """The warm process: its settings, the compiled submission, and the child that runs, if any."""

    def __init__(self, control: socket.socket, settings: dict[str, Any]):
        self.control = control
        self.settings = settings
        self.file = Path(settings["submission"]) / f"{settings['module']}.py"
        self.code: CodeType | None = None
        self.child = 0

    def run(self) -> None:
        """Answer control requests until the trusted side closes the connection."""
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, 4096, 2)
            if not message:
                break
            request = wire.unpack(message)
            reply = getattr(self, f"_do_{request[0]}")(*request[1:], *descriptors)
            self.control.send(wire.pack(reply))
        self._end_child()

    def _do_load(self) -> Message:
        """Compile the submission, without running any of it."""
        try:
            self.code = compile(self.file.read_bytes(), str(self.file), "exec", dont_inherit=True)
        except BaseException as error:
            return describe_error(error, str(self.file))
        gc.collect()
        gc.freeze()
        return ["ok"]

    def _do_fork(self, connection: int, output: int) -> Message:
        self._end_child()
        renew(self.settings["home"], self.settings["fonts"])
        parent = os.getpid()
        self.child = os.fork()
        if self.child == 0:
            _run_child(self, parent, connection, output)
        os.close(connection)
        os.close(output)
        return ["ok"]

    def _do_usage(self) -> Message:
        """CPU seconds that the child has used so far."""
        try:
            return ["ok", time.clock_gettime((~self.child << 3) | 2)]
        except OSError:
            return ["ok", 0.0]

    def _do_end(self) -> Message:
        return ["ok", *self._end_child()]

    def _end_child(self) -> tuple[int, float]:
        """Kill and reap the child; return its wait status and the CPU seconds it used."""
        if not self.child:
            return 0, 0.0
        os.kill(self.child, signal.SIGKILL)
        _, status, usage = os.wait4(self.child, 0)
        self.child = 0
        return status, usage.ru_utime + usage.ru_stime


def _run_child(loop: _Loop, parent: int, connection: int, output: int) -> None:
    """Confine this process, then execute the submission and answer calls; never returns."""
    try:
        loop.control.close()
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        _confine(loop.settings, parent)
        with socket.socket(fileno=connection) as peer:
            _serve(loop, peer)
    finally:
        os._exit(0)


def _confine(settings: dict[str, Any], parent: int) -> None:
    if sys.platform == "linux":
        die_with_parent(parent)
    apply_limits(dict(settings["limits"]))
    if settings["seccomp"]:
        filter_system_calls(settings["seccomp"])
    random.seed(0)
    np.random.seed(0)


def _serve(loop: _Loop, peer: socket.socket) -> None:
    """Execute the module, say which names it has, then answer requests until the trusted side closes."""
    module = ModuleType(loop.settings["module"])
    module.__file__ = str(loop.file)
    sys.modules[module.__name__] = module
    server = Server(module, str(loop.file), lambda request: _call_back(peer, request))
    assert loop.code is not None
    try:
        exec(loop.code, vars(module))
        hello: Message = ["ok", server.names()]
    except BaseException as error:
        hello = describe_error(error, str(loop.file))
    _reply(peer, hello)
    while (body := receive(peer)) is not None:
        _reply(peer, server.answer(wire.unpack(body)))


def _reply(peer: socket.socket, reply: Message) -> None:
    try:
        body = wire.pack(reply)
    except Exception as error:  # too large for a frame, or for what is left of the memory
        body = wire.pack([*describe_error(error, ""), None])
    _flush()
    send(peer, body)


def _flush() -> None:
    """Push out what the student printed, so that it is kept even if the next call kills the process."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # the student may have put anything there
            stream.flush()


def _call_back(peer: socket.socket, request: Message) -> Message:
    """Ask the trusted side, in the middle of a call, and wait for the reply."""
    send(peer, wire.pack(["ask", *request]))
    body = receive(peer)
    if body is None:
        os._exit(0)
    reply: Message = wire.unpack(body)
    return reply


def _settings(control: socket.socket) -> dict[str, Any]:
    """Read the first message: a list of pairs."""
    return dict(wire.unpack(control.recv(2**16)))


def main() -> None:
    """Run the loop on the control socket whose descriptor is the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = _settings(control)
    if sys.platform == "linux":
        hide_memory()
    sys.path.append(sys.path.pop(1))  # packages come after the standard library
    del sys.path[0]  # our own code
    renew(settings["home"], settings["fonts"])
    for name in settings["warm"]:
        __import__(name)
    sys.path.append(settings["submission"])
    restrict_imports(settings["packages"], Path(settings["submission"]))
    os.chdir(settings["home"])
    apply_limits({"AS": dict(settings["limits"])["AS"]})  # a source may be made to need much to compile
    control.send(wire.pack(["ok"]))
    _Loop(control, settings).run()


if __name__ == "__main__":
    main()
