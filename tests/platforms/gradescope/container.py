"""A container like Gradescope's: root with Docker's usual rights, and a kernel without the better walls.

No namespaces can be made in it and there is no Landlock. `/autograder` and `/var` are folders of the test's;
nothing of the machine's own `/` is touched.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from autograder.sandbox import seccomp
from autograder.sandbox.system_calls import NUMBERS

RIGHTS = (
    "CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID", "SETFCAP", "SETPCAP",
    "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE",
)  # fmt: skip
#: What Docker's filter refuses to those without CAP_SYS_ADMIN, as far as it matters here, and Landlock.
REFUSED = {
    "x86_64": (165, 166, 155, 272, 308, 428, 429, 430, 431, 432, 442, 444, 445, 446),
    "aarch64": (40, 39, 41, 97, 268, 428, 429, 430, 431, 432, 442, 444, 445, 446),
}
NEW_USER = 0x10000000
#: Folders of the machine's root that a container has of its own.
OWN = {"autograder", "dev", "proc", "sys", "tmp", "var"}


def run(
    autograder: Path,
    var: Path,
    command: list[str],
    environment: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> "subprocess.CompletedProcess[str]":
    """Run a command as root in a container.

    Args:
        autograder: what is `/autograder` there.
        var: what is `/var` there.
        command: program and arguments.
        environment: variables besides `PATH` and `HOME`.
        without: which of Docker's usual rights root lacks.
    """
    with TemporaryFile() as program:
        program.write(kernel_without_walls())
        program.seek(0)
        places = ["--bind", str(autograder), "/autograder", "--bind", str(var), "/var"]
        start = ["--chdir", "/autograder", "--seccomp", str(program.fileno()), "--", *command]
        return subprocess.run(
            ["bwrap", *layout(without), *places, *start],
            env={"PATH": os.defpath, "HOME": "/var/home", **(environment or {})},
            pass_fds=[program.fileno()],
            capture_output=True,
            text=True,
            check=False,
        )


def layout(without: Collection[str]) -> Iterator[str]:
    yield from ("--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-net", "--cap-drop", "ALL")
    for right in (right for right in RIGHTS if right not in without):
        yield from ("--cap-add", f"CAP_{right}")
    yield from ("--tmpfs", "/", "--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp")
    for path in sorted(Path("/").iterdir()):
        if path.is_symlink():
            yield from ("--symlink", os.readlink(path), str(path))
        elif path.name not in OWN:
            yield from ("--ro-bind", str(path), str(path))
    yield from ("--ro-bind", sys.prefix, sys.prefix)


def kernel_without_walls() -> bytes:
    """A filter that refuses namespaces, mounts and Landlock."""
    machine = platform.machine()
    refused = [seccomp._return(seccomp._REFUSE | 1)]
    allowed = [seccomp._return(seccomp._ALLOW)]
    no_new_user = [
        seccomp._instruction(seccomp._LOAD_WORD, 0, 0, seccomp._FIRST_ARGUMENT),
        seccomp._instruction(seccomp._JUMP_ANY_BIT, 0, 1, NEW_USER),
        *refused,
        *allowed,
    ]
    leaves = {**dict.fromkeys(REFUSED[machine], refused), NUMBERS[machine]["clone"]: no_new_user}
    return seccomp._program(machine, leaves, allowed)
