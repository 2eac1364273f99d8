"""What the known mistakes of a topic answer to its checks: worked out once, then kept in a file."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, Generic, TypeVar

from autograder.course.assignment import Assignment
from autograder.grading.answers_on_disk import AnswersOnDisk
from autograder.grading.candidates import Candidate, candidates_of
from autograder.grading.run_checks import Case, Recorder, record
from autograder.proxy.channel import DirectChannel
from autograder.proxy.entries import Entry
from autograder.seeds import GradingSeed
from autograder.verdicts import CheckVerdict

#: How many cases, and how many mistakes, a process remembers of each topic; the rest stands in files.
REMEMBERED: Final = 64

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True)
class KnownCase:
    """What is known of one case: the reference's answers, and those of each mistake that fails it, by key."""

    right: Sequence[Entry]
    wrong: Mapping[str, Sequence[Entry]]


class Recent(Generic[_K, _V]):
    """The values used last, so many at most."""

    def __init__(self, most: int):
        self._most = most
        self._values: OrderedDict[_K, _V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: _K) -> _V | None:
        """Return a value, which counts as used; None where there is none."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: _K, value: _V) -> None:
        """Keep a value; what was not used for longest goes."""
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._most:
            self._values.popitem(last=False)


class KnownAnswers:
    """What a topic's known mistakes answer, with one grading seed.

    It depends on the course and the seed only, never on a submission. What is asked for is looked up in this
    process, then in the files of the user's cache, and else worked out: the mistakes are run on the check.
    """

    def __init__(self, assignment: Assignment, seed: GradingSeed):
        self._assignment = assignment
        self._seed = seed
        self._files = AnswersOnDisk(assignment, seed)
        self.cases: Recent[str, KnownCase] = Recent(REMEMBERED)
        self.verdicts: Recent[str, Mapping[str, bool]] = Recent(REMEMBERED)

    def of_cases(self, names: Collection[str]) -> dict[str, KnownCase]:
        """Return what is known of these cases."""
        found = {name: case for name in names if (case := self._kept_case(name)) is not None}
        missing = [name for name in names if name not in found]
        if missing:
            found |= self._work_out(missing)
        for name, case in found.items():
            self.cases.put(name, case)
        return found

    def fails_any(self, candidate: Candidate, names: Iterable[str]) -> bool:
        """Return whether a mistake fails one of these cases."""
        verdicts = dict(self.verdicts.get(candidate.key) or self._files.verdicts(candidate.key) or {})
        missing = [name for name in names if name not in verdicts]
        if missing:
            for case in self._run({name: [candidate] for name in missing}):
                verdicts[case.name] = case.verdict == CheckVerdict.PASSED
            self._files.write_verdicts(candidate.key, verdicts)
        self.verdicts.put(candidate.key, verdicts)
        return not all(verdicts[name] for name in names)

    def _kept_case(self, name: str) -> KnownCase | None:
        known = self.cases.get(name)
        if known is None and (written := self._files.case(name)) is not None:
            known = KnownCase(*written)
        return known

    def _work_out(self, names: Sequence[str]) -> dict[str, KnownCase]:
        """Run the reference on some cases, and then all mistakes in functions that they call."""
        right = {case.name: case.transcript for case in self._run({name: [None] for name in names})}
        everything = {c.key: c for c in candidates_of(self._assignment).all}.values()
        wanted = {
            name: [c for c in everything if c.variant.replaces & transcript.functions()]
            for name, transcript in right.items()
        }
        wrong: dict[str, dict[str, Sequence[Entry]]] = {name: {} for name in names}
        for ran in self._run(wanted):
            if ran.verdict != CheckVerdict.PASSED:
                wrong[ran.name][ran.student] = ran.transcript.entries
        found = {name: KnownCase(right[name].entries, wrong[name]) for name in names}
        for name, case in found.items():
            self._files.write_case(name, case.right, case.wrong)
        return found

    def _run(self, wanted: Mapping[str, Sequence[Candidate | None]]) -> list[Case]:
        return record(_Rehearsal(self._assignment, wanted), self._assignment, self._seed)


class _Rehearsal(Recorder):
    """Runs some tests on the reference (None) and on known mistakes, and keeps all answers."""

    forgets = False

    def __init__(self, assignment: Assignment, wanted: Mapping[str, Sequence[Candidate | None]]):
        def source(candidate: Candidate | None) -> str:
            if candidate is None:
                return assignment.reference.read_text(encoding="utf-8")
            return candidate.variant.source

        needed = {_key(c): c for several in wanted.values() for c in several}
        name = assignment.name
        super().__init__({key: partial(DirectChannel, source(c), name) for key, c in needed.items()}, None)
        self._wanted = {test: [_key(c) for c in several] for test, several in wanted.items()}

    def wanted_by(self, test: str) -> Sequence[str]:
        """Return the keys of the candidates that a test is run for."""
        return self._wanted.get(test, ())


def _key(candidate: Candidate | None) -> str:
    return candidate.key if candidate else ""


@lru_cache(maxsize=16)
def _known(assignment: Assignment, digest: str, seed: GradingSeed) -> KnownAnswers:
    return KnownAnswers(assignment, seed)


def known_answers(assignment: Assignment, seed: GradingSeed) -> KnownAnswers:
    """Return what is known of a topic, the same object to all who ask in this process."""
    return _known(assignment, assignment.digest, seed)
