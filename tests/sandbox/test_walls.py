"""What the student's code cannot do at the safe level, and what it can."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.verdicts import StudentCrashError

#: Numbers that x86-64 and arm64 share, from the kernel's table, and those of this machine.
SHARED = {"io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438, "open_tree": 428, "fsopen": 430}
OWN = {
    "x86_64": {"ptrace": 101, "process_vm_readv": 310, "mount": 165, "unshare": 272, "setns": 308, "bpf": 321,
               "userfaultfd": 323, "memfd_create": 319, "keyctl": 250, "prlimit64": 302, "x32 read": 1 << 30},
    "aarch64": {"ptrace": 117, "process_vm_readv": 270, "mount": 40, "unshare": 97, "setns": 268, "bpf": 280,
                "userfaultfd": 282, "memfd_create": 279, "keyctl": 219, "prlimit64": 261},
}  # fmt: skip
REFUSED = SHARED | OWN[os.uname().machine]

ROOT = Path(__file__).resolve().parents[2]

SOURCE = '''
import ctypes
import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import numpy as np

def outcome(action):
    """What an action gives: its result, or the name of the exception."""
    try:
        return action()
    except BaseException as error:
        return type(error).__name__

def read(path):
    return outcome(lambda: os.listdir(path) if os.path.isdir(path) else open(path).read())

def write(path):
    def action():
        with open(path, "w") as file:
            file.write("x")
        return "written"
    return outcome(action)

def open_socket(family, kind):
    return outcome(lambda: socket.socket(family, kind) and "opened")

def start(way):
    ways = {
        "fork": os.fork,
        "vfork": lambda: subprocess.run(["/python/bin/python3", "-c", ""]),
        "spawn": lambda: os.posix_spawn("/python/bin/python3", ["python3", "-c", ""], {}),
        "exec": lambda: os.execv("/python/bin/python3", ["python3", "-c", ""]),
        "clone": lambda: check(ctypes.CDLL(None, use_errno=True).syscall(56, 17, 0, 0, 0, 0)),
    }
    return outcome(ways[way])

def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result

def kill(pid):
    return outcome(lambda: os.kill(pid, signal.SIGKILL) or "killed")

def kill_by_signal_of_a_pipe(pid):
    """The kernel sends the owner of a file any signal that was asked for, when data arrive."""
    reading, writing = os.pipe()
    fcntl.fcntl(reading, 10, signal.SIGKILL)  # F_SETSIG
    fcntl.fcntl(reading, fcntl.F_SETOWN, pid)
    fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writing, b"x")
    time.sleep(0.05)

def parent():
    return os.getppid()

def environment():
    return sorted(os.environ)

def system_call(number, *arguments):
    return outcome(lambda: check(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments)))

def identity():
    return os.getuid(), os.getpid(), socket.gethostname()

def raise_limits():
    import resource
    return outcome(lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)) or "raised")

def large_file():
    def action():
        with open("/tmp/large", "wb") as file:
            for _ in range(40):
                file.write(bytes(2**20))
        return "written"
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return outcome(action)

def in_threads(n):
    found = []
    threads = [threading.Thread(target=lambda i=i: found.append(i * i)) for i in range(n)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return sorted(found)

def linear_algebra(a):
    return np.linalg.inv(a) @ a

def scratch(text):
    with open("/tmp/notes.txt", "w") as file:
        file.write(text)
    with open("notes.txt") as file:
        return file.read()

def leave_traces():
    os.mkdir("/tmp/deep")
    inner = os.open("/tmp/deep", os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d", dir_fd=inner)
        next_ = os.open("d", os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = next_
    os.mkdir("/tmp/closed")
    write("/tmp/closed/file")
    os.chmod("/tmp/closed", 0)
    os.symlink("/submission", "/tmp/link")
    os.mkfifo("/tmp/fifo")
    if os.path.isdir("/tmp/matplotlib"):
        os.rename("/tmp/matplotlib", "/tmp/moved")
    os.chmod("/tmp", 0)

def traces():
    return sorted(os.listdir("/tmp"))
'''


@pytest.fixture(scope="module")
def submitted(submit: Callable[..., Any]) -> Any:
    return submit(SOURCE)


@pytest.fixture
def student(submitted: Any) -> Any:
    with submitted.check() as proxy:
        yield proxy


@pytest.mark.parametrize(
    "path",
    [
        str(ROOT),
        str(ROOT / "solutions"),
        str(Path.home()),
        "/home",
        "/root",
        "/etc/passwd",
        "/etc",
        "/proc",
        "/proc/self/environ",
        "/proc/1/mem",
        "/sys",
        "/var",
        "/usr/bin",
        "/run",
    ],
)
def test_the_machine_is_out_of_sight(student: Any, path: str) -> None:
    assert student.read(path) == "FileNotFoundError"


def test_the_root_holds_nothing_but_what_is_needed(student: Any) -> None:
    allowed = {"code", "dev", "fonts", "lib", "lib64", "packages", "python", "submission", "tmp", "usr"}
    assert set(student.read("/")) <= allowed
    assert student.read("/submission") == ["work.py"]
    assert student.read("/code") == ["inside"]
    assert not {"hypothesis", "pytest", "autograder", "scipy"} & set(student.read("/packages"))


@pytest.mark.parametrize(
    "folder", ["/", "/submission", "/packages", "/code/inside", "/dev", "/dev/shm", "/python"]
)
def test_nothing_but_scratch_can_be_written_to(student: Any, folder: str) -> None:
    assert student.write(f"{folder}/new") in ("OSError", "PermissionError", "FileNotFoundError")


def test_the_submission_can_not_be_changed(student: Any) -> None:
    assert student.write("/submission/work.py") == "OSError"


@pytest.mark.parametrize("family", [1, 2, 10, 16, 17])  # unix, IPv4, IPv6, netlink, packet
@pytest.mark.parametrize("kind", [1, 2, 3])
def test_no_sockets(student: Any, family: int, kind: int) -> None:
    assert student.open_socket(family, kind) == "PermissionError"


@pytest.mark.parametrize("way", ["fork", "vfork", "spawn", "exec", "clone"])
def test_no_processes(student: Any, way: str) -> None:
    assert student.start(way) == "PermissionError"


def test_the_warm_process_can_not_be_killed(submitted: Any) -> None:
    with submitted.check() as student:
        pid = student.parent()
        assert student.kill(pid) == "PermissionError"
        assert student.kill(-1) == "PermissionError"
        student.kill_by_signal_of_a_pipe(pid)
        with pytest.raises(StudentCrashError):  # its whole group: that ends itself alone
            student.kill_by_signal_of_a_pipe(-pid)
    with submitted.check() as student:
        assert student.parent() == pid


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_system_calls(student: Any, name: str) -> None:
    assert student.system_call(REFUSED[name], 0, 0, 0, 0, 0) == "PermissionError"


def test_the_graders_environment_is_not_there(student: Any) -> None:
    expected = {"HOME", "LANG", "LD_LIBRARY_PATH", "PWD", "TMPDIR", "PYTHONHASHSEED"}
    expected |= {"MPLBACKEND", "MPLCONFIGDIR", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"}
    assert set(student.environment()) <= expected


def test_nobody_in_particular_on_no_machine_in_particular(student: Any) -> None:
    uid, _, host = student.identity()
    assert (uid, host) == (65534, "sandbox")


def test_limits_can_not_be_raised_again(student: Any) -> None:
    assert student.raise_limits() in ("PermissionError", "ValueError")


def test_files_are_limited(student: Any) -> None:
    assert student.large_file() == "OSError"


def test_threads_and_linear_algebra_work(student: Any) -> None:
    assert student.in_threads(8) == [i * i for i in range(8)]
    a = np.random.default_rng(0).normal(size=(50, 50))
    np.testing.assert_allclose(student.linear_algebra(a), np.eye(50), atol=1e-10)


def test_scratch_files_work(student: Any) -> None:
    assert student.scratch("some notes") == "some notes"


def test_nothing_is_left_for_the_next_check(submitted: Any) -> None:
    with submitted.check() as student:
        before = student.traces()
    with submitted.check() as student:
        student.leave_traces()
    with submitted.check() as student:
        assert student.traces() == before
        assert student.scratch("new notes") == "new notes"
