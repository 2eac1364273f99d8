"""The probes of a topic: wide random inputs, independent of the checks.

They tell mutants that are wrong from mutants that are equivalent to the reference. A topic's `probes.py` has
functions `probe_<what>(student, rng)` that call the student's functions on whatever inputs the contract
allows, and judge nothing. All answers are recorded; a mutant that answers every probe as the reference does,
up to rounding, is equivalent. The file's list `EQUIVALENT` holds the mutants that a person judges equivalent
(`equivalent`).
"""

import runpy
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from autograder.course.assignment import Assignment
from autograder.proof.equivalence import Equivalent
from autograder.proxy.channel import Channel
from autograder.proxy.entries import Entry, same_entries
from autograder.proxy.student import StudentProxy
from autograder.proxy.transcript import Transcript
from autograder.sandbox.process import SandboxError

#: How often each probe is run, with random inputs of their own each time.
ROUNDS = 3

#: What a student's code answered to one round of a probe.
Answers = list[Entry]

Probe = Callable[[StudentProxy, np.random.Generator], None]


class Difference(StrEnum):
    """How a mutant's answers to the probes differ from the reference's."""

    NONE = "none"
    CRASH = "crash"
    VALUE = "value"


@dataclass(frozen=True)
class Probes:
    """A topic's probes by name, and the equivalents judged by hand."""

    by_name: Mapping[str, Probe] = field(default_factory=dict)
    equivalents: tuple[Equivalent, ...] = ()


def load_probes(assignment: Assignment) -> Probes:
    """Return the topic's probes; none where the topic has no `probes.py`."""
    if not assignment.probes.is_file():
        return Probes()
    content = runpy.run_path(str(assignment.probes))
    probes = {name: value for name, value in content.items() if name.startswith("probe_")}
    return Probes(probes, tuple(content.get("EQUIVALENT", ())))


def answer(
    name: str,
    probe: Probe,
    number: int,
    channel: Channel,
    module: str,
    handles: Collection[str] | None = None,
) -> Answers:
    """Run one round of a probe on a student's code; return what it answered.

    Raises:
        SandboxError: the machine failed.
    """
    transcript = Transcript()
    rng = np.random.default_rng([number, zlib.crc32(name.encode())])
    with StudentProxy(channel, module, transcript, handles) as student:
        try:
            probe(student, rng)
        except SandboxError:
            raise
        except Exception:
            pass  # the transcript has it: what the student's code raises is part of its answer
    return transcript.entries


def difference(found: Iterable[tuple[Answers, Answers]]) -> Difference:
    """Return how answers differ from the reference's, given pairs of both; looks no further than it must.

    It is a crash only where no round gives a wrong answer, but an exception, an end of the process, or no end
    of a call.
    """
    crashes = False
    for one, other in found:
        if not same_entries(one, other):
            if not _is_prefix(one, other):
                return Difference.VALUE
            crashes = True
    return Difference.CRASH if crashes else Difference.NONE


def _is_prefix(found: Answers, expected: Answers) -> bool:
    """Whether the answers are right as far as they go, and end in an exception."""
    given = found[:-1] if found and found[-1].form.startswith("raised ") else found
    return len(given) < len(expected) and same_entries(given, expected[: len(given)])
