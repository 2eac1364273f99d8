"""Naming the mistake: the known misconception that answers as the student's code does, by function."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from autograder.course.assignment import Assignment
from autograder.grading.agreement import ENOUGH, agreement
from autograder.grading.candidates import Candidate, candidates_of
from autograder.grading.known_answers import known_answers
from autograder.grading.run_checks import Case
from autograder.proxy.entries import Entry
from autograder.seeds import GradingSeed
from autograder.variants import Variant
from autograder.verdicts import CheckVerdict

#: A function of the module, and which of its answers in a case.
_Place = tuple[str, int]


def diagnose(assignment: Assignment, cases: Sequence[Case], seed: GradingSeed) -> dict[str, list[Variant]]:
    """Return, for each failed check that known mistakes explain, these mistakes; mostly it is one.

    A mistake is named where the functions that hold it answer as the submission's do, in all cases that both
    fail; where that is no chance; and where it fails no case that the submission passes. Functions are
    compared one by one, so several mistakes at once are found one by one.

    Args:
        assignment: the topic.
        cases: one submission's.
        seed: the grading seed.

    Returns:
        Mistakes by check id. The first is the one that explains most of this submission's failing cases; of
        equals the one in fewest functions, then the first in the file. The others are in other functions.
    """
    failing = [c for c in cases if c.verdict == CheckVerdict.FAILED and c.transcript.entries]
    found = _Search(assignment, cases, failing, seed).found() if failing else []
    checks: dict[str, set[str]] = {}
    for case in failing:
        checks.setdefault(case.spec.id, set()).add(case.name)
    named = {check: _in_functions_apart(found, names) for check, names in checks.items()}
    return {check: variants for check, variants in named.items() if variants}


@dataclass(frozen=True)
class _Finding:
    """A known mistake that the submission has, and which of its failing cases that explains."""

    candidate: Candidate
    explained: Set[str]

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Sorts first what explains most; of equals what is in fewest functions, then first in the file."""
        candidate = self.candidate
        return (-len(self.explained), len(candidate.direct), candidate.rank, candidate.key)


def _in_functions_apart(found: Sequence[_Finding], cases: Set[str]) -> list[Variant]:
    """Return the mistakes that explain one of these cases, no two of them in the same function."""
    variants: dict[str, Variant] = {}
    taken: set[str] = set()
    for finding in found:
        if finding.explained & cases and taken.isdisjoint(finding.candidate.direct):
            taken |= finding.candidate.direct
            variants.setdefault(finding.candidate.variant.name, finding.candidate.variant)
    return list(variants.values())


class _Search:
    """The search for one submission's mistakes."""

    def __init__(
        self, assignment: Assignment, cases: Sequence[Case], failing: Sequence[Case], seed: GradingSeed
    ):
        self._candidates = candidates_of(assignment)
        self._answers = known_answers(assignment, seed)
        self._passed = {c.name: c.transcript.functions() for c in cases if c.verdict == CheckVerdict.PASSED}
        self._known = self._answers.of_cases([case.name for case in failing])
        self._found = {case.name: _numbered(case.transcript.entries) for case in failing}
        self._right = {name: _numbered(known.right) for name, known in self._known.items()}
        self._wrong = {name: self._differing(name) for name in self._known}

    def found(self) -> list[_Finding]:
        """Return the mistakes, the one that explains most first."""
        findings = [f for c in self._candidates.all if (f := self._examined(c)) is not None]
        return sorted(findings, key=lambda finding: finding.order)

    def _examined(self, candidate: Candidate) -> _Finding | None:
        weights: dict[str, float] = {}
        left = 0
        for name, known in self._known.items():
            answers = known.wrong.get(candidate.key)
            if answers is None:
                left += bool(candidate.direct & self._wrong[name])
                continue
            compared = self._compared(name, _numbered(answers), candidate)
            if compared.differing & candidate.direct:
                return None
            if compared.weight:
                weights[name] = compared.weight
        certain = sum(weights.values()) >= ENOUGH or not left
        if not (weights and certain and len(weights) >= left) or self._contradicted(candidate):
            return None
        return _Finding(candidate, weights.keys())

    def _contradicted(self, candidate: Candidate) -> bool:
        """Whether the mistake fails a case that the submission passes, and no other function is to blame."""
        alone = [
            name
            for name, functions in self._passed.items()
            if functions & candidate.direct and functions & candidate.variant.replaces <= candidate.direct
        ]
        return self._answers.fails_any(candidate, alone)

    def _differing(self, name: str) -> Set[str]:
        """Return the functions that do not answer as the reference's do."""
        return self._compared(name, self._right[name], None).differing

    def _compared(self, name: str, known: Mapping[_Place, Entry], candidate: Candidate | None) -> "_Compared":
        """Compare a submission's answers in one case with others, each function on its own.

        Where what a function was given is the check's own, that tells all. Where it was given what another
        function answered, its answer counts only as long as all answers before were the same.
        """
        result = _Compared()
        same, by_chance = True, False
        for place, entry in self._found[name].items():
            other = known.get(place)
            own = other is not None and bool(entry.inputs) and entry.inputs == other.inputs
            drawn = entry.root in self._candidates.drawing or (by_chance and not own)
            by_chance |= drawn
            if other is None or not (own or same):
                continue
            right = self._right[name].get(place) if candidate else None
            weight = agreement(entry, other, right, drawn)
            if weight is None:
                same = False
                result.differing.add(entry.root)
            elif candidate and entry.root in candidate.touched:
                result.weight += weight
        return result


@dataclass
class _Compared:
    """How much answers that agree say, and which functions' answers do not agree."""

    weight: float = 0.0
    differing: set[str] = field(default_factory=set)


def _numbered(entries: Sequence[Entry]) -> dict[_Place, Entry]:
    """Return answers by function and number of its call: other functions may be called more or less often."""
    counts: Counter[str] = Counter()
    places: dict[_Place, Entry] = {}
    for entry in entries:
        counts[entry.root] += 1
        places[entry.root, counts[entry.root]] = entry
    return places
