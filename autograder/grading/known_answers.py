"""What the known mistakes of a topic answer to its checks: worked out once, then kept in a file."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, Generic, TypeVar

from autograder.course.assignment import Assignment
from autograder.grading.answers_on_disk import AnswersOnDisk
from autograder.grading.candidates import Candidate
from autograder.grading.run_checks import Case, Recorder, record
from autograder.proxy.channel import DirectChannel
from autograder.proxy.entries import Entry
from autograder.seeds import GradingSeed
from autograder.verdicts import CheckVerdict

#: How many cases, and how many mistakes, a process remembers of each topic; the rest stands in files.
REMEMBERED: Final = 64

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass
class KnownCase:
    """What is known of one case.

    Attributes:
        right: the reference's answers.
        wrong: those of mistakes that fail it, by key; None for a mistake that passes it.
        told: how their failures are told, by key.
    """

    right: Sequence[Entry]
    wrong: dict[str, Sequence[Entry] | None]
    told: dict[str, str]


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
    process, then in the files, and else worked out: the mistakes are run on the check.

    Args:
        assignment: the topic.
        seed: the grading seed.
        files: where answers are kept.
        base: stands in for the reference; None for the reference itself.
    """

    def __init__(
        self,
        assignment: Assignment,
        seed: GradingSeed,
        files: AnswersOnDisk,
        base: Candidate | None = None,
    ):
        self._base = base
        self._assignment = assignment
        self._seed = seed
        self._files = files
        self.cases: Recent[str, KnownCase] = Recent(REMEMBERED)
        self.verdicts: Recent[str, dict[str, bool]] = Recent(REMEMBERED)

    @property
    def base(self) -> str:
        """The key of what stands in for the reference; empty for the reference itself."""
        return _key(self._base)

    def beside(self, base: Candidate) -> "KnownAnswers":
        """Return what mistakes answer in a module that has this one too; their parts hold it already."""
        return KnownAnswers(self._assignment, self._seed, self._files.beside(base.key), base)

    def of_cases(self, names: Collection[str]) -> dict[str, KnownCase]:
        """Return what is known of these cases; the reference's answers always are."""
        found = {name: case for name in names if (case := self._kept_case(name)) is not None}
        missing = [name for name in names if name not in found]
        if missing:
            ran = self._run({name: [self._base] for name in missing})
            found |= {case.name: KnownCase(case.transcript.entries, {}, {}) for case in ran}
            self._keep({name: found[name] for name in missing})
        for name, case in found.items():
            self.cases.put(name, case)
        return found

    def learn_answers(self, wanted: Mapping[str, Collection[Candidate]]) -> dict[str, KnownCase]:
        """Return what is known of some cases, once it is known of these mistakes in them."""
        found = self.of_cases(list(wanted))
        missing = {
            name: [c for key, c in _by_key(candidates).items() if key not in found[name].wrong]
            for name, candidates in wanted.items()
        }
        if any(missing.values()):
            for case in self._run(missing):
                passed = case.verdict == CheckVerdict.PASSED
                found[case.name].wrong[case.student] = None if passed else case.transcript.entries
                if not passed:
                    found[case.name].told[case.student] = case.message
            self._keep({name: found[name] for name, candidates in missing.items() if candidates})
        return found

    def learn_verdicts(self, wanted: Mapping[Candidate, Collection[str]]) -> dict[str, Mapping[str, bool]]:
        """Return which cases these mistakes pass, by key, once that is known of these cases."""
        found = {key: self._kept_verdicts(key) for key in _by_key(wanted)}
        missing: dict[str, list[Candidate | None]] = {}
        for candidate, names in wanted.items():
            for name in names:
                if name not in found[candidate.key]:
                    missing.setdefault(name, []).append(candidate)
        if missing:
            for case in self._run(missing):
                found[case.student][case.name] = case.verdict == CheckVerdict.PASSED
            for key in {candidate.key for several in missing.values() for candidate in several if candidate}:
                self._files.write_verdicts(key, found[key])
        for key, verdicts in found.items():
            self.verdicts.put(key, verdicts)
        return {**found}

    def _kept_case(self, name: str) -> KnownCase | None:
        known = self.cases.get(name)
        if known is None and (written := self._files.case(name)) is not None:
            known = KnownCase(*written)
        return known

    def _kept_verdicts(self, key: str) -> dict[str, bool]:
        return self.verdicts.get(key) or self._files.verdicts(key) or {}

    def _keep(self, cases: Mapping[str, KnownCase]) -> None:
        for name, case in cases.items():
            self._files.write_case(name, case.right, case.wrong, case.told)

    def _run(self, wanted: Mapping[str, Collection[Candidate | None]]) -> list[Case]:
        return record(_Rehearsal(self._assignment, wanted), self._assignment, self._seed)


class _Rehearsal(Recorder):
    """Runs some tests on the reference (None) and on known mistakes, and keeps all answers."""

    forgets = False

    def __init__(self, assignment: Assignment, wanted: Mapping[str, Collection[Candidate | None]]):
        def source(candidate: Candidate | None) -> str:
            if candidate is None:
                return assignment.reference.read_text(encoding="utf-8")
            return candidate.variant.source

        needed = {_key(c): c for several in wanted.values() for c in several}
        name = assignment.name
        super().__init__({key: partial(DirectChannel, source(c), name) for key, c in needed.items()}, None)
        self._wanted = {test: list(dict.fromkeys(map(_key, several))) for test, several in wanted.items()}

    def wanted_by(self, test: str) -> Sequence[str]:
        """Return the keys of the candidates that a test is run for."""
        return self._wanted.get(test, ())


def _by_key(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Return one candidate for each variant: several may share one."""
    return {candidate.key: candidate for candidate in candidates}


def _key(candidate: Candidate | None) -> str:
    return candidate.key if candidate else ""


@lru_cache(maxsize=16)
def _known(assignment: Assignment, digest: str, seed: GradingSeed) -> KnownAnswers:
    return KnownAnswers(assignment, seed, AnswersOnDisk.of(assignment, seed))


def known_answers(assignment: Assignment, seed: GradingSeed) -> KnownAnswers:
    """Return what is known of a topic, the same object to all who ask in this process."""
    return _known(assignment, assignment.digest, seed)
