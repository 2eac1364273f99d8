"""The sandbox's main program: a warm process that forks one child per check.

The warm process imports NumPy and compiles the submission, but never runs it. On request it forks a child
that gives up its rights, executes the submission as a module and answers calls on a connection of its own.
The control connection stays with the warm process; students' code never holds it.
"""

import contextlib
import gc
import os
import random
import select
import signal
import socket
import sys
import time
from pathlib import Path
from types import CodeType, ModuleType

import numpy as np

from . import landlock_calls, messages
from .backends import draw_without_screen
from .confine import apply_limits, become, die_with_parent, filter_system_calls, hide_memory
from .frames import receive, send
from .leftovers import expect_nobody, leave_debuggers_out
from .offered import Offer, names_to_allow, restrict_imports
from .scratch import empty, is_overfull, lend_fonts
from .server import Server, describe_error
from .warm_up import warm_up

#: Seconds between two looks at what a child has put into its folder.
_LOOK = 0.1
#: Seconds for a child to end after its connection was closed.
_DYING = 0.5
#: What is done to a module that is imported before forking.
_PREPARATIONS = {"matplotlib.pyplot": draw_without_screen, "pdb": leave_debuggers_out}


class _Loop:
    """The warm process: its settings, the compiled submission, the child that runs, and one kept ready.

    The spare child is forked ahead of time and runs none of the student's code until it is given its
    connection, which is after the child before it has ended.
    """

    def __init__(self, control: socket.socket, settings: messages.Settings):
        self.control = control
        self.settings = settings
        self._allowed = names_to_allow(settings.packages)
        self.file = Path(settings.submission)
        self.code: CodeType | None = None
        self.offer: Offer | None = None
        self._prepared: set[str] = set()
        self._child = 0
        self._spare: tuple[int, socket.socket] | None = None
        self._spent = 0.0
        self._unlistable = 0
        self._overfull = False
        self._newest = 0
        self._unmarked = True

    def run(self) -> None:
        """Carry out commands until the trusted side closes the connection."""
        while True:
            while self._child and not select.select([self.control], [], [], _LOOK)[0]:
                self._look_at_folder()
            body, descriptors, _, _ = socket.recv_fds(self.control, 2**16, 2)
            if not body:
                break
            reply = self._carry_out(messages.unpack_message(body, *messages.COMMANDS), descriptors)
            if reply is not None:
                self.control.send(messages.pack_message(reply))
        self._end_all()

    def _carry_out(
        self, command: messages.Command, descriptors: list[int]
    ) -> messages.Done | messages.Used | messages.Renewed | messages.Ended | messages.Error | None:
        """Return the reply; None where the trusted side waits for none."""
        match command:
            case messages.Warm(module):
                self._warm(module)
            case messages.Load():
                return self._load(command)
            case messages.Fork():
                self._fork(*descriptors)
                return None
            case messages.Renew():
                self._end_all()
                self._spare = self._prepare()
                return messages.Renewed(self._unmarked)
            case messages.Usage() | messages.Fate():
                return self._told_of_child(command)
            case messages.End():
                self._end_child()
                empty(self.settings.home)
                return None
            case messages.Quit():
                self._end_all()
                empty(self.settings.home)
        return messages.Done()

    def _told_of_child(self, command: messages.Usage | messages.Fate) -> messages.Used | messages.Ended:
        if isinstance(command, messages.Usage):
            return messages.Used(_cpu_of(self._child), self._spent, self._overfull)
        return messages.Ended(not self._overfull and _was_killed(self._child))

    def _warm(self, module: str) -> None:
        """Import a module before forking: once, instead of in every child."""
        if module in self._prepared:
            return
        if self.settings.fonts is not None:
            self._end_all()
            empty(self.settings.home)
            lend_fonts(self.settings.home, self.settings.fonts)
        __import__(module)
        _PREPARATIONS[module]()
        self._prepared.add(module)
        _set_aside()

    def _load(self, command: messages.Load) -> messages.Done | messages.Error:
        """Compile a submission, without running any of it; what was loaded before is forgotten."""
        self._end_all()
        self._spent = 0.0
        empty(self.settings.home)
        self.file = Path(self.settings.submission) / f"{command.module}.py"
        self.offer = Offer(self._allowed, command.forbidden, dict(command.explained), self.file)
        try:
            self.code = compile(self.file.read_bytes(), str(self.file), "exec", dont_inherit=True)
        except BaseException as error:
            return describe_error(error, str(self.file))
        np.random.seed(0)  # here and not in every child, which would take longer; nothing draws before them
        gc.freeze()
        self._spare = self._prepare()
        return messages.Done()

    def _fork(self, connection: int, output: int) -> None:
        """Let the spare child go to work; its first reply comes over its own connection."""
        pid, errand = self._take_spare()
        try:
            socket.send_fds(errand, [b"go"], [connection, output])
        except OSError:  # it was just dying
            errand.close()
            _end(pid)
            pid, errand = self._prepare()
            socket.send_fds(errand, [b"go"], [connection, output])
        errand.close()
        self._child, self._unlistable, self._overfull = pid, 0, False
        os.close(connection)
        os.close(output)
        self._spare = self._prepare()  # while the child works

    def _look_at_folder(self) -> None:
        """Kill a child that keeps more in its folder than is allowed, or keeps hidden how much it is."""
        if self._overfull:
            return
        try:
            self._overfull = is_overfull(self.settings.home, *self.settings.scratch)
            self._unlistable = 0
        except OSError:  # closed to the look, or too deep for it
            self._unlistable += 1
        self._overfull |= self._unlistable > 1
        if self._overfull:
            os.kill(self._child, signal.SIGKILL)

    def _take_spare(self) -> tuple[int, socket.socket]:
        """Return the spare child, or a new one where the child before it has managed to signal it."""
        if self._spare is not None:
            pid, errand = self._spare
            self._spare = None
            os.kill(pid, signal.SIGCONT)
            if os.waitpid(pid, os.WNOHANG) == (0, 0):
                return pid, errand
            errand.close()
        return self._prepare()

    def _prepare(self) -> tuple[int, socket.socket]:
        ours, theirs = socket.socketpair()
        parent, pid = os.getpid(), os.fork()
        if pid == 0:
            ours.close()
            _run_child(self, parent, theirs)
        theirs.close()
        self._look_at_number(pid)
        return pid, ours

    def _look_at_number(self, pid: int) -> None:
        """Notice where numbers were used up in between, by threads, in a namespace that nobody else uses."""
        if os.getpid() == 1:
            self._unmarked &= self._newest in (0, pid - 1)
            self._newest = pid

    def _end_child(self) -> None:
        if self._child:
            self._spent += _end(self._child)
            self._child = 0

    def _end_all(self) -> None:
        self._end_child()
        if self._spare is not None:
            pid, errand = self._spare
            self._spare = None
            errand.close()
            _end(pid)


def _end(pid: int) -> float:
    """Kill and reap a child; return the CPU seconds it used."""
    os.kill(pid, signal.SIGKILL)
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_utime + usage.ru_stime


def _was_killed(pid: int) -> bool:
    """Whether a child has died by SIGKILL; one that has closed its connection takes a moment to end."""
    until = time.monotonic() + _DYING
    while pid and sys.platform != "darwin":  # which has no waitid in older versions of Python
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is not None:
            return ended.si_code == os.CLD_KILLED and ended.si_status == signal.SIGKILL
        if time.monotonic() > until:
            break
        time.sleep(0.005)
    return False


def _cpu_of(pid: int) -> float:
    """Return the CPU seconds that a running process has used: its CPU clock, as the kernel numbers them."""
    try:
        return time.clock_gettime((~pid << 3) | 2) if pid else 0.0
    except OSError:
        return 0.0


def _run_child(loop: _Loop, parent: int, errand: socket.socket) -> None:
    """Confine this process, wait for work, execute the submission and answer calls; never returns.

    All that needs nothing of the check's is done before the wait, while another check's process works.
    """
    try:
        loop.control.close()
        if sys.platform == "linux":
            die_with_parent(parent)
        _confine(loop.settings)
        warm_up()
        # Only here, where the student's code will run: the warm process never looks into the submission.
        assert loop.offer is not None
        restrict_imports(loop.offer)
        sys.path.append(str(loop.file.parent))
        with errand:
            _, descriptors, _, _ = socket.recv_fds(errand, 16, 2)
        if len(descriptors) == 2:
            connection, output = descriptors
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.close(output)
            with socket.socket(fileno=connection) as peer:
                peer.send(b"!")  # from which the kernel tells the trusted side which process this is
                _serve(loop, peer)
    finally:
        os._exit(0)


def _confine(settings: messages.Settings) -> None:
    apply_limits(dict(settings.limits))
    if settings.seccomp:
        filter_system_calls(settings.seccomp[1])
    random.seed(0)  # a fork seeds this one afresh


def _serve(loop: _Loop, peer: socket.socket) -> None:
    """Execute the module, say which names it has, then answer requests until the trusted side closes."""
    module = ModuleType(loop.file.stem)
    module.__file__ = str(loop.file)
    sys.modules[module.__name__] = module
    server = Server(module, str(loop.file), lambda question: _call_back(peer, question))
    assert loop.code is not None
    try:
        exec(loop.code, vars(module))
        hello: messages.Names | messages.Error = server.names()
    except BaseException as error:
        hello = describe_error(error, str(loop.file))
    _reply(peer, hello)
    while (body := receive(peer)) is not None:
        _reply(peer, server.answer(body))


def _reply(peer: socket.socket, reply: messages.Names | messages.Reply) -> None:
    try:
        body = messages.pack_message(reply)
    except Exception as error:  # too large for a frame, or for what is left of the memory
        body = messages.pack_message(describe_error(error, ""))
    _flush()
    send(peer, body)


def _flush() -> None:
    """Push out what the student printed, so that it is kept even if the next call kills the process."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # the student may have put anything there
            stream.flush()


def _call_back(peer: socket.socket, question: messages.Question) -> messages.Reply:
    """Ask the trusted side, in the middle of a call, and wait for the reply."""
    send(peer, messages.pack_message(question))
    body = receive(peer)
    if body is None:
        os._exit(0)
    return messages.unpack_message(body, *messages.REPLIES)


def _set_aside() -> None:
    """Have the garbage collector leave alone what is there by now, so that children need not copy it."""
    gc.collect()
    gc.freeze()


def _give_up_rights(settings: messages.Settings) -> None:
    """Give up what not even the warm process needs."""
    die_with_parent(os.getppid())
    if settings.user is not None:
        become(settings.user, settings.root)
        die_with_parent(os.getppid())  # a change of user undoes it
    hide_memory()
    if settings.landlock is not None:
        landlock_calls.confine_to(*settings.landlock)


def _try_confinement(settings: messages.Settings) -> None:
    """Make sure that children will be confined.

    Raises:
        OSError: this kernel does not refuse what it is told to refuse.
    """
    pid = os.fork()
    if pid == 0:
        held = False
        try:
            _confine(settings)
            os.fork()
        except PermissionError:
            held = True
        finally:
            os._exit(0 if held else 1)
    if os.waitpid(pid, 0)[1] != 0:
        raise OSError("the kernel does not filter system calls here")


def main() -> None:
    """Run the loop on the control socket whose descriptor is the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = messages.unpack_message(control.recv(2**16), messages.Settings)
    if sys.platform == "linux":
        _give_up_rights(settings)
    sys.path.append(sys.path.pop(1))  # packages come after the standard library
    del sys.path[0]  # our own code
    os.chdir(settings.home)
    if settings.seccomp:
        filter_system_calls(settings.seccomp[0])
        _try_confinement(settings)
    expect_nobody()
    warm_up()  # what NumPy works out at a first call, no child needs to work out again
    _set_aside()
    apply_limits({"AS": dict(settings.limits)["AS"]})  # a source may be made to need much to compile
    control.send(messages.pack_message(messages.Done()))
    _Loop(control, settings).run()


if __name__ == "__main__":
    main()
