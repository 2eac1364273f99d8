"""What the student's code cannot do at any safe level of this machine, and what it can."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.blas import ONE_THREAD
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.verdicts import StudentCrashError

#: Numbers that x86-64 and arm64 share, from the kernel's table, and those of this machine.
SHARED = {"io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438, "open_tree": 428, "fsopen": 430,
          "clone3": 435, "process_mrelease": 448, "cachestat": 451, "statmount": 457, "listmount": 458,
          "open_tree_attr": 467, "one of tomorrow": 999}  # fmt: skip
OWN = {
    "x86_64": {"ptrace": 101, "process_vm_readv": 310, "mount": 165, "unshare": 272, "setns": 308, "bpf": 321,
               "userfaultfd": 323, "memfd_create": 319, "keyctl": 250, "prlimit64": 302, "x32 read": 1 << 30,
               "msgrcv": 70, "semctl": 66, "ioprio_set": 251, "sched_setattr": 314, "inotify_init": 294,
               "fadvise64": 221, "readahead": 187, "mincore": 27, "preadv2": 327, "pwritev2": 328,
               "flock": 73, "statfs": 137, "getpriority": 140, "sched_getscheduler": 145,
               "sched_rr_get_interval": 148, "ioprio_get": 252, "timer_create": 222,
               "get_robust_list": 274, "capget": 125},
    "aarch64": {"ptrace": 117, "process_vm_readv": 270, "mount": 40, "unshare": 97, "setns": 268, "bpf": 280,
                "userfaultfd": 282, "memfd_create": 279, "keyctl": 219, "prlimit64": 261,
                "msgrcv": 188, "semctl": 191, "ioprio_set": 30, "sched_setattr": 274, "inotify_init": 26,
                "fadvise64": 223, "readahead": 213, "mincore": 232, "preadv2": 286, "pwritev2": 287,
                "flock": 32, "statfs": 43, "getpriority": 141, "sched_getscheduler": 120,
                "sched_rr_get_interval": 127, "ioprio_get": 31, "timer_create": 107, "get_robust_list": 100,
                "capget": 90},
}  # fmt: skip
REFUSED = SHARED | OWN[os.uname().machine]

ROOT = Path(__file__).resolve().parents[2]

SOURCE = '''
import ctypes
import errno
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

def send_through_a_pair(address):
    """A datagram socket of a pair may send to any address, without ever being connected."""
    return outcome(lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b"x", address))

def open_socket(family, kind):
    return outcome(lambda: socket.socket(family, kind) and "opened")

def start(way):
    ways = {
        "fork": os.fork,
        "vfork": lambda: subprocess.run([sys.executable, "-c", ""]),
        "spawn": lambda: os.posix_spawn(sys.executable, ["python3", "-c", ""], {}),
        "exec": lambda: os.execv(sys.executable, ["python3", "-c", ""]),
        "clone": lambda: check(ctypes.CDLL(None, use_errno=True).syscall(clone, 17, 0, 0, 0, 0)),
    }
    clone = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
    return outcome(ways[way])

def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result

def kill(pid):
    return outcome(lambda: os.kill(pid, signal.SIGKILL) or "killed")

def signal_of_a_pipe(pid):
    """The kernel would send the owner of a file any signal that was asked for, when data arrive."""
    reading, writing = os.pipe()
    return outcome(lambda: fcntl.fcntl(reading, fcntl.F_SETOWN, pid) or "owned"), outcome(
        lambda: fcntl.ioctl(reading, 0x8901, struct.pack("i", pid)) and "owned"  # FIOSETOWN
    )

def outlive_the_parent():
    return outcome(lambda: check(ctypes.CDLL(None, use_errno=True).prctl(1, 0, 0, 0, 0)))

def change_file(path):
    ways = [lambda: os.chmod(path, 0o777), lambda: os.chown(path, 1, 1), lambda: os.utime(path),
            lambda: os.setxattr(path, "user.note", b"x"), lambda: os.truncate(path, 0),
            lambda: os.remove(path), lambda: os.rename(path, path + "-moved"), lambda: os.link(path, "link")]
    return [outcome(lambda: way() or "changed") for way in ways]

def many_threads():
    """Raw ones, so that no stack of their own counts as memory."""
    threading.stack_size(32768)
    waiting = threading.Lock()
    waiting.acquire()
    count = 0
    try:
        while count < 3000:
            threading.Thread(target=waiting.acquire, daemon=True).start()
            count += 1
    except RuntimeError:
        pass
    return count

def parent():
    return os.getppid()

def environment():
    return sorted(os.environ)

def system_call(number, *arguments):
    """Whether a call is made; no kernel has a call of number 999, and none says EPERM to all zeros."""
    result = ctypes.CDLL(None, use_errno=True).syscall(number, *arguments)
    return "made" if result >= 0 else errno.errorcode[ctypes.get_errno()]

def identity():
    return os.getuid(), os.getpid(), socket.gethostname()

def raise_limits():
    import resource
    return outcome(lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)) or "raised")

def large_file():
    def action():
        with open("large", "wb") as file:
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
    with open(os.path.join(os.environ["HOME"], "notes.txt"), "w") as file:
        file.write(text)
    with open("notes.txt") as file:
        return file.read()

def leave_traces():
    os.mkdir("deep")
    inner = os.open("deep", os.O_RDONLY)
    for _ in range(1200):  # deeper than a path can say
        os.mkdir("some longer name", dir_fd=inner)
        next_ = os.open("some longer name", os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = next_
    os.symlink("/submission", "link")
    os.mkfifo("fifo")
    if os.path.isdir("matplotlib"):
        os.rename("matplotlib", "moved")
    os.mkdir("closed", 0o300)
    write("closed/file")

def fill(kind):
    number = 0
    while True:
        number += 1
        if kind == "large files":
            with open(f"{number}", "wb") as file:
                file.write(bytes(2**20))
        elif kind == "empty files":
            open(f"{number}", "wb").close()
        else:
            os.makedirs("hidden", 0o300, exist_ok=True)
            open(f"hidden/{number}", "wb").close()

def own_file():
    return __file__

def library():
    return os.__file__

def tell_of_places():
    raise ValueError(f"{os.getcwd()} {os.path.abspath('notes.txt')} {__file__} {os.path.dirname(__file__)}")

def traces():
    return sorted(os.listdir("."))
'''


@pytest.fixture(scope="module")
def submitted(submit: Callable[..., Any], safe_level: Level) -> Any:
    return submit(SOURCE, level=safe_level)


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
        "/dev/shm",
    ],
)
def test_the_machine_is_out_of_sight(student: Any, safe_level: Level, path: str) -> None:
    denied = ["PermissionError"] if safe_level.name == "landlock" else ["FileNotFoundError"]
    empty = {"/dev/shm": [[]], "/var": [["cache"]] if safe_level.name == "chroot" else []}
    assert student.read(path) in denied + empty.get(path, [])


def test_the_root_holds_nothing_but_what_is_needed(submit: Callable[..., Any]) -> None:
    allowed = {"code", "dev", "fonts", "lib", "lib64", "packages", "python", "submission", "tmp", "usr"}
    with submit(SOURCE).check() as student:
        assert set(student.read("/")) <= allowed
        assert_only_what_is_needed(student)


def assert_only_what_is_needed(student: Any) -> None:
    assert student.read("/submission") == ["work.py"]
    assert student.read("/code") == ["inside"]
    assert not {"hypothesis", "pytest", "autograder", "scipy"} & set(student.read("/packages"))


@pytest.mark.parametrize(
    "folder",
    ["/", "/submission", "/packages", "/code/inside", "/dev", "/dev/shm", "/python", "/tmp/..", "/var/tmp",
     "..", str(ROOT)],
)  # fmt: skip
def test_nothing_but_scratch_can_be_written_to(student: Any, folder: str) -> None:
    assert student.write(f"{folder}/new") in ("OSError", "PermissionError", "FileNotFoundError")


def test_the_submission_and_the_library_can_not_be_changed(student: Any) -> None:
    refused = {"OSError", "PermissionError", "FileNotFoundError"}
    for path in (student.own_file(), student.library()):
        assert student.write(path) in refused
        assert set(student.change_file(path)) <= refused


def test_files_of_others_can_not_be_changed(student: Any, tmp_path: Path) -> None:
    """Landlock alone leaves rights, owners and dates to whoever runs as the same user."""
    others = tmp_path / "others.txt"
    others.write_text("content")
    before = others.stat()
    assert set(student.change_file(str(others))) <= {"OSError", "PermissionError", "FileNotFoundError"}
    assert others.read_text() == "content"
    after = others.stat()
    assert (before.st_mode, before.st_mtime_ns, before.st_nlink) == (
        after.st_mode,
        after.st_mtime_ns,
        after.st_nlink,
    )


@pytest.mark.parametrize("family", [1, 2, 10, 16, 17])  # unix, IPv4, IPv6, netlink, packet
@pytest.mark.parametrize("kind", [1, 2, 3])
def test_no_sockets(student: Any, family: int, kind: int) -> None:
    assert student.open_socket(family, kind) == "PermissionError"


def test_no_datagrams_to_whoever_listens(student: Any, tmp_path: Path) -> None:
    """Neither Landlock nor another root folder stands between a process and the machine's socket names."""
    abstract = f"\0autograder-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(abstract)
        listening.setblocking(False)
        assert student.send_through_a_pair(abstract) in ("PermissionError", "ConnectionRefusedError")
        with pytest.raises(BlockingIOError):
            listening.recv(1)


@pytest.mark.parametrize("way", ["fork", "vfork", "spawn", "exec", "clone"])
def test_no_processes(student: Any, way: str) -> None:
    assert student.start(way) == "PermissionError"


def test_the_warm_process_can_not_be_killed(submitted: Any) -> None:
    with submitted.check() as student:
        pid = student.parent()
        assert student.kill(pid) == "PermissionError"
        assert student.kill(-1) == "PermissionError"
        for owner in (pid, -pid, 1):
            assert student.signal_of_a_pipe(owner) == ("PermissionError", "PermissionError")
        assert student.outlive_the_parent() == "PermissionError"
    with submitted.check() as student:
        assert student.parent() == pid


def test_threads_are_limited(student: Any) -> None:
    """Without a limit twenty thousand start in two seconds, and leave the machine without process numbers."""
    assert 8 <= student.many_threads() <= Limits().threads


@pytest.mark.parametrize("kind", ["large files", "empty files", "hidden"])
def test_the_disk_can_not_be_filled(submitted: Any, kind: str) -> None:
    with submitted.check() as student, pytest.raises((StudentCrashError, OSError)):
        student.fill(kind)
    with submitted.check() as student:
        assert student.scratch("there is room again") == "there is room again"


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_system_calls(student: Any, name: str) -> None:
    assert student.system_call(REFUSED[name], 0, 0, 0, 0, 0) in ("EPERM", "ENOSYS")


def test_the_graders_environment_is_not_there(student: Any) -> None:
    expected = {"HOME", "LANG", "LD_LIBRARY_PATH", "PWD", "TMPDIR", "PYTHONHASHSEED"}
    expected |= {"MPLBACKEND", "MPLCONFIGDIR", *ONE_THREAD}
    assert set(student.environment()) <= expected


def test_nobody_in_particular_on_no_machine_in_particular(student: Any, safe_level: Level) -> None:
    uid, _, host = student.identity()
    if safe_level.name == "bubblewrap":
        assert (uid, host) == (65534, "sandbox")
    assert uid != 0


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
    with submitted.check() as student, suppress(StudentCrashError):  # noticed in time, on a slow disk
        student.leave_traces()
    with submitted.check() as student:
        assert student.traces() == before
        assert student.scratch("new notes") == "new notes"


def test_messages_do_not_tell_where_a_sandbox_lies(student: Any) -> None:
    """A grade must be the same on any machine, and paths are not."""
    with pytest.raises(ValueError, match=r"^\. notes\.txt work\.py \.$"):
        student.tell_of_places()
