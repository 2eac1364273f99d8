"""How much of a helper's time and memory one submission may use."""

from dataclasses import dataclass
from typing import Final

#: The status with which a helper ends where its memory did not suffice.
OUT_OF_MEMORY: Final = 76

_MIB = 2**20


@dataclass(frozen=True)
class Bounds:
    """Bounds of what the grader itself does for a submission: its own limits bound what its code does.

    The slowest topics take a helper 4 s of CPU on a slow machine and 110 MiB of memory, whatever is right in
    the submission; a case takes under 1 s.

    Attributes:
        case_cpu: CPU seconds of the helper in one case.
        all_cpu: CPU seconds of all helpers in all cases; starting another helper counts.
        diagnosis_cpu: CPU seconds of naming the mistakes. That is bounded by numbers of comparisons, since
            names must not depend on the machine; this only ends what hangs.
        memory: bytes that a helper may hold.
        room: bytes of address space that the cases may take beside what a helper has without them. The kernel
            refuses more at once, so that one allocation can't get past the look at `memory`.
        kept: bytes that a helper may hold to be used for another submission.
    """

    case_cpu: float = 8.0
    all_cpu: float = 24.0
    diagnosis_cpu: float = 600.0
    memory: int = 900 * _MIB
    room: int = 600 * _MIB
    kept: int = 400 * _MIB


BOUNDS: Final = Bounds()
