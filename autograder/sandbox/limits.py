"""How much a submission may use."""

from dataclasses import dataclass

_MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """Limits of one submission. CPU time decides; idle time is the backstop for code that sleeps.

    Idle is the time by the clock in which a process neither ran nor waited for a core. A function that was
    stopped gets less in later cases, so that its endless loop costs no check that does not reach it; see
    `autograder.proxy.budget`.

    Twice what the slowest correct variants in the course's sample classes, explicit Python loops, used on a
    slow machine: about 10 s of CPU in one call, which trains a net (`training`), and 126 s in all (`cnn`).

    Attributes:
        call_cpu: CPU seconds of one call, or of executing the module.
        call_wall: idle seconds of one call. Honest code hardly has any; what a slow disk or a crowded machine
            causes that the kernel does not tell apart stays far below.
        total_cpu: CPU seconds of all calls together.
        total_wall: idle seconds of all calls together.
        memory: bytes of address space.
        file_size: bytes of any file it writes.
        open_files: how many files at once.
        scratch: bytes in the folder that it may write to.
        scratch_entries: files and folders in there.
        threads: how many at once, with the few processes of the sandbox itself; honest code starts none, and
            what computes in many takes the neighbours' cores.
        output: bytes of the end of what it prints that are kept, per check.
    """

    call_cpu: float = 20.0
    call_wall: float = 80.0
    total_cpu: float = 240.0
    total_wall: float = 960.0
    memory: int = 2048 * _MIB
    file_size: int = 16 * _MIB
    open_files: int = 64
    scratch: int = 64 * _MIB
    scratch_entries: int = 1_000
    threads: int = 24
    output: int = 4096

    def resource_limits(self) -> dict[str, int]:
        """Return the kernel's limits for one process, by the names of the module `resource`."""
        return {
            "AS": self.memory,
            "CPU": int(self.total_cpu) + 1,
            "FSIZE": self.file_size,
            "NOFILE": self.open_files,
            "CORE": 0,
        }
