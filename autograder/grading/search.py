"""Searching the known mistakes for those that answer as a submission does, function by function."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from autograder.grading.agreement import ENOUGH, agreement
from autograder.grading.candidates import Candidate, Candidates
from autograder.grading.effort import Effort
from autograder.grading.known_answers import KnownAnswers
from autograder.grading.run_checks import Case
from autograder.grading.told_alike import mostly_alike, same_words
from autograder.proxy.entries import Entry
from autograder.verdicts import CheckVerdict

#: A mistake that is found by what the checks say of it must fail so many cases.
LEAST_TOLD: Final = 2

#: A function of the module, and which of its answers in a case.
_Place = tuple[str, int]


@dataclass(frozen=True)
class Finding:
    """A known mistake that the submission has, and which of its failing cases that explains.

    It is hidden where no failing case calls the function with it, only others that use that function.
    """

    candidate: Candidate
    explained: Set[str]
    hidden: bool = False

    @property
    def order(self) -> tuple[int, bool, int, int, str]:
        """Sorts first what explains most; of equals what shows, in fewest functions, first in the file."""
        candidate = self.candidate
        return (-len(self.explained), self.hidden, len(candidate.direct), candidate.rank, candidate.key)


class Search:
    """The search for one submission's mistakes.

    Running a mistake on a check may take long, so each is first run on one case: few survive that.

    Args:
        candidates: the topic's.
        answers: what is known of them.
        cases: one submission's.
        failing: those to explain.
        effort: how much that may take.
        redrawn: what the reference answers where it draws other random numbers, to leave out what depends on
            them; None to compare that too, since most draw as the reference does.

    Attributes:
        candidates: as given.
        wrong_functions: those that answer otherwise than the reference, or what stands in for it.
    """

    def __init__(
        self,
        candidates: Candidates,
        answers: KnownAnswers,
        cases: Sequence[Case],
        failing: Sequence[Case],
        effort: Effort,
        redrawn: KnownAnswers | None = None,
    ):
        self.candidates = candidates
        self._effort = effort
        self._cases = cases
        self._answers = answers
        self._passed = {c.name: c.transcript.functions() for c in cases if c.verdict == CheckVerdict.PASSED}
        self._failed = {c.name: c.transcript.functions() for c in sorted(failing, key=_size)}
        self._found = {case.name: _numbered(case.transcript.entries) for case in failing}
        self._told = {case.name: case.message for case in failing}
        known = self._answers.of_cases(list(self._failed))
        self._right = {name: _numbered(case.right) for name, case in known.items()}
        others = redrawn.of_cases(list(known)) if redrawn else {}
        self._chance = {name: self._differing(name, _numbered(case.right)) for name, case in others.items()}
        self._wrong = {name: self._compared(name, self._right[name], None).differing for name in known}
        self.wrong_functions = frozenset[str]().union(*self._wrong.values())

    def with_base(self, base: Candidate, failing: Sequence[Case]) -> "Search":
        """Return the search for what explains these cases where this mistake is in the module already."""
        passed = one_of_each_check([case for case in self._cases if case.verdict == CheckVerdict.PASSED])
        return Search(self.candidates, self._answers.beside(base), passed, failing, self._effort)

    def _afford(self, wanted: Mapping[Candidate, Sequence[str]]) -> dict[Candidate, Sequence[str]]:
        return self._effort.afford(wanted, self._answers.base)

    def failing(self, candidates: Sequence[Candidate], names: Collection[str]) -> set[Candidate]:
        """Return the candidates that fail one of these cases."""
        candidates = list(self._afford({candidate: list(names) for candidate in candidates}))
        known = self._answers.learn_answers(dict.fromkeys(names, candidates))
        return {c for c in candidates if any(case.wrong[c.key] is not None for case in known.values())}

    def found(self, candidates: Sequence[Candidate]) -> list[Finding]:
        """Return which of these mistakes the submission has, the one that explains most first."""
        shown = [c for c in candidates if c.direct & self.wrong_functions]
        hidden = [c for c in candidates if c.touched & self.wrong_functions and not self._direct(c)]
        hidden = self._not_contradicted(hidden, most=1)
        for most in (1, 2, 4, None):
            shown = self._agreeing({c: self._direct(c)[:most] for c in shown})
        for most in (1, None):
            hidden = self._agreeing({c: self._touching(c)[:most] for c in hidden})
        explaining = self._agreeing({c: self._touching(c) for c in shown}) + hidden
        findings = [f for c in explaining if (f := self._finding(c)) is not None]
        left = set(self._not_contradicted([finding.candidate for finding in findings], most=None))
        return sorted((f for f in findings if f.candidate in left), key=lambda finding: finding.order)

    def told_alike(self) -> list[Finding]:
        """Return the mistakes in functions that draw random numbers of which the checks say the same.

        It must be the same sentence in most of several failing cases, and nearly the same numbers in half of
        them. Where that fits mistakes with different hints, nobody knows which it is.
        """
        likely = [c for c in self.candidates.all if c.direct and c.direct <= self.candidates.drawing]
        cases = {c: names for c in likely if len(names := self._direct(c)) >= LEAST_TOLD}
        told = self._told_of({c: names[:LEAST_TOLD] for c, names in cases.items()})
        told = self._told_of({c: cases[c] for c in told if any(same_words(*pair) for pair in told[c])})
        likely = self._not_contradicted([c for c in told if mostly_alike(told[c])], most=None)
        sure = [c for c in likely if all(_same_hint(c, d) for d in likely if c.direct & d.direct)]
        findings = [Finding(c, frozenset(cases[c])) for c in sure]
        return sorted(findings, key=lambda finding: finding.order)

    def _told_of(self, wanted: Mapping[Candidate, Sequence[str]]) -> dict[Candidate, list[tuple[str, str]]]:
        """Return what the checks say in these cases, of the submission and of each candidate."""
        wanted = self._afford(wanted)
        known = self._answers.learn_answers(_by_case(wanted))
        return {
            candidate: [(self._told[name], known[name].told.get(candidate.key, "")) for name in names]
            for candidate, names in wanted.items()
        }

    def _direct(self, candidate: Candidate) -> list[str]:
        """Return the failing cases that call a function with the mistake, the cheapest first."""
        return [name for name, functions in self._failed.items() if functions & candidate.direct]

    def _touching(self, candidate: Candidate) -> list[str]:
        """Return the failing cases that call a function with the mistake, or one that uses it."""
        return [name for name, functions in self._failed.items() if functions & candidate.touched]

    def _agreeing(self, wanted: Mapping[Candidate, Sequence[str]]) -> list[Candidate]:
        """Return the candidates that answer as the submission does in all of these cases that they fail."""
        wanted = self._afford(wanted)
        known = self._answers.learn_answers(_by_case(wanted))
        return [
            candidate
            for candidate, names in wanted.items()
            if not any(
                self._compared(name, _numbered(answers), candidate).differing & candidate.direct
                for name in names
                if (answers := known[name].wrong[candidate.key]) is not None
            )
        ]

    def _finding(self, candidate: Candidate) -> Finding | None:
        """Return what a candidate explains; None where that may be chance."""
        names = self._touching(candidate)
        known = self._answers.learn_answers({name: [candidate] for name in names})
        weights: dict[str, float] = {}
        left = 0
        for name in names:
            answers = known[name].wrong[candidate.key]
            if answers is None:
                left += bool(candidate.direct & self._wrong[name])
            elif weight := self._compared(name, _numbered(answers), candidate).weight:
                weights[name] = weight
        certain = sum(weights.values()) >= ENOUGH or not left
        if not (weights and certain and len(weights) >= left):
            return None
        return Finding(candidate, weights.keys(), hidden=not self._direct(candidate))

    def _not_contradicted(self, candidates: Sequence[Candidate], most: int | None) -> list[Candidate]:
        """Return the candidates that pass the cases that the submission passes.

        Left out are cases that call other functions with the mistake too, since the submission's may have it
        not, and functions that are wrong otherwise: two wrong ones may agree with one another.

        Args:
            candidates: to choose from.
            most: look at so many cases of each, at most.
        """
        wanted = self._afford({c: self._passed_alone(c)[:most] for c in candidates})
        verdicts = self._answers.learn_verdicts(wanted)
        return [c for c, names in wanted.items() if all(verdicts[c.key][name] for name in names)]

    def _passed_alone(self, candidate: Candidate) -> list[str]:
        return [
            name
            for name, functions in self._passed.items()
            if functions & candidate.direct
            and functions & (candidate.variant.replaces | self.wrong_functions) <= candidate.direct
        ]

    def _differing(self, name: str, others: Mapping[_Place, Entry]) -> frozenset[_Place]:
        """Return where the reference's answers are others."""
        return frozenset(
            place
            for place, entry in self._right[name].items()
            if place not in others or agreement(others[place], entry, None, drawn=False) is None
        )

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
            drawn = entry.root in self.candidates.drawing or (by_chance and not own)
            by_chance |= drawn
            if other is None or not (own or same):
                continue
            right = self._right[name].get(place) if candidate else None
            weight = agreement(entry, other, right, drawn)
            if weight is None and by_chance and not own and entry.inputs and other.inputs:
                same = False  # what the check gives depends on chance by now
            elif weight is None or (candidate is None and _holes(entry) != _holes(other)):
                same = False
                if place not in self._chance.get(name, ()):
                    result.differing.add(entry.root)
            elif candidate and entry.root in candidate.touched:
                result.weight += weight
        return result


def one_of_each_check(cases: Sequence[Case]) -> list[Case]:
    """Return the case of each check that likely takes least time to run, the cheapest first."""
    checks: dict[str, Case] = {}
    for case in sorted(cases, key=_size):
        checks.setdefault(case.spec.id, case)
    return list(checks.values())


def _by_case(wanted: Mapping[Candidate, Sequence[str]]) -> dict[str, list[Candidate]]:
    by_case: dict[str, list[Candidate]] = {}
    for candidate, names in wanted.items():
        for name in names:
            by_case.setdefault(name, []).append(candidate)
    return by_case


def _same_hint(one: Candidate, other: Candidate) -> bool:
    return one.variant.hint == other.variant.hint


@dataclass
class _Compared:
    """How much answers that agree say, and which functions' answers do not agree."""

    weight: float = 0.0
    differing: set[str] = field(default_factory=set)


def _size(case: Case) -> int:
    """Return how many numbers a case's answers hold: the more, the longer it takes to run."""
    return sum(part.size for entry in case.transcript.entries for part in entry.parts)


def _holes(entry: Entry) -> list[bytes]:
    """Return where an answer is not finite."""
    return [part.holes for part in entry.parts]


def _numbered(entries: Sequence[Entry]) -> dict[_Place, Entry]:
    """Return answers by function and number of its call: other functions may be called more or less often."""
    counts: Counter[str] = Counter()
    first: dict[str, float] = {}
    places: dict[_Place, Entry] = {}
    for entry in entries:
        counts[entry.root] += 1
        counted = entry.function.endswith(".lines") and entry.parts
        places[entry.root, counts[entry.root]] = _without_count(entry, first) if counted else entry
    return places


def _without_count(entry: Entry, first: dict[str, float]) -> Entry:
    """Return whether as many lines were executed as at the first count: how many is each student's own."""
    lines = float(entry.parts[0].places[0])
    same = lines == first.setdefault(entry.root, lines)
    return replace(entry, parts=(), words=("as many lines" if same else "another number of lines",))
