"""Naming the mistake: the known misconception that answers as the student's code does, by function."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from autograder.course.assignment import Assignment
from autograder.grading.agreement import ENOUGH, agreement
from autograder.grading.candidates import Candidate, Candidates, beside, candidates_of
from autograder.grading.known_answers import KnownAnswers, known_answers
from autograder.grading.run_checks import Case
from autograder.proxy.entries import Entry
from autograder.seeds import GradingSeed
from autograder.variants import Variant
from autograder.verdicts import CheckVerdict

#: How many further mistakes are tried beside those found, and in how many checks, one case of each. This
#: bounds the cost of mistakes that nobody had together before.
MOST_PAIRS: Final = 24
MOST_CHECKS: Final = 6
#: Comparisons in all, several times those that a submission with a mistake in every function needs.
MOST_COMPARISONS: Final = 20_000

#: A function of the module, and which of its answers in a case.
_Place = tuple[str, int]


@dataclass
class Effort:
    """How much the naming of one submission's mistakes may take, in comparisons: the same on every machine.

    A comparison is that of one known mistake with the submission in one case; mostly what the mistake
    answers there is known, else the case is run on it.

    Attributes:
        most: how many there may be.
        complete: whether all that were wanted were made.
    """

    most: int = MOST_COMPARISONS
    complete: bool = True
    _made: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def made(self) -> int:
        """How many there were."""
        return len(self._made)

    def afford(
        self, wanted: Mapping[Candidate, Sequence[str]], beside: str
    ) -> dict[Candidate, Sequence[str]]:
        """Return the first of these candidates, with the cases to compare them in, that there is room for.

        Args:
            wanted: the candidates, each with its cases.
            beside: what stands in for the reference; what was compared with it before costs nothing.
        """
        afforded = {}
        for candidate, names in wanted.items():
            new = {(beside, candidate.key, name) for name in names}
            if len(self._made) + len(new - self._made) > self.most:
                self.complete = False
                break
            self._made |= new
            afforded[candidate] = names
        return afforded


def diagnose(
    assignment: Assignment, cases: Sequence[Case], seed: GradingSeed, effort: Effort | None = None
) -> dict[str, list[Variant]]:
    """Return, for each failed check that known mistakes explain, these mistakes; mostly it is one.

    A mistake is named where the functions that hold it answer as the submission's do, in all cases that both
    fail; where that is no chance; and where it fails no case that the submission passes. Functions are
    compared one by one, so several mistakes at once are found one by one.

    Args:
        assignment: the topic.
        cases: one submission's.
        seed: the grading seed.
        effort: how much it may take; takes down how much it took.

    Returns:
        Mistakes by check id. The first is the one that explains most of this submission's failing cases; of
        equals the one in fewest functions, then the first in the file. The others are in other functions.
    """
    failing = [c for c in cases if c.verdict == CheckVerdict.FAILED and c.transcript.entries]
    found = _found(assignment, cases, failing, seed, effort or Effort()) if failing else []
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
    """Return the mistakes that explain one of these cases, no two of them in the same function.

    Where a mistake shows in a function that calls the one with it, a mistake there explains nothing more.
    """
    variants: dict[str, Variant] = {}
    taken: set[str] = set()
    reached: set[str] = set()
    explained: set[str] = set()
    for finding in found:
        candidate = finding.candidate
        nothing_more = finding.explained <= explained and candidate.direct <= reached
        if finding.explained & cases and taken.isdisjoint(candidate.direct) and not nothing_more:
            taken |= candidate.direct
            reached |= candidate.touched
            explained |= finding.explained
            variants.setdefault(candidate.variant.name, candidate.variant)
    return list(variants.values())


def _found(
    assignment: Assignment, cases: Sequence[Case], failing: Sequence[Case], seed: GradingSeed, effort: Effort
) -> list[_Finding]:
    """Return a submission's mistakes.

    First those seen alone, then those seen but for what depends on chance, then those seen only beside these.
    """
    candidates, answers = candidates_of(assignment), known_answers(assignment, seed)
    search = _Search(candidates, answers, cases, failing, effort)
    found = search.found(candidates.all)
    if candidates.redrawn is not None:
        drawing = candidates.redrawn.touched
        left = [case for case in _unexplained(failing, found) if case.transcript.functions() & drawing]
        redrawn = answers.beside(candidates.redrawn)
        if left:
            found += _Search(candidates, answers, cases, left, effort, redrawn).found(candidates.all)
    left = _one_of_each_check(_unexplained(failing, found))[:MOST_CHECKS]
    return found + _beside(found, search, left) if found and left else found


def _beside(found: Sequence[_Finding], search: "_Search", left: Sequence[Case]) -> list[_Finding]:
    """Return the mistakes that explain what is left, if those found are there too.

    Where a function is given what another one with a mistake answered, its own mistake shows only beside that
    other. So what is left is compared with the mistakes found and a further one, together.
    """
    base = found[0].candidate
    for finding in found[1:]:
        base = beside(base, finding.candidate) or base
    second = search.with_base(base, left)
    pairs = {
        candidate: both
        for candidate in search.candidates.all
        if candidate.direct & second.wrong_functions and (both := beside(base, candidate)) is not None
    }
    failing_alone = search.failing(list(pairs), [case.name for case in left])
    return second.found([both for alone, both in pairs.items() if alone in failing_alone][:MOST_PAIRS])


def _one_of_each_check(cases: Sequence[Case]) -> list[Case]:
    """Return the case of each check that likely takes least time to run, the cheapest first."""
    checks: dict[str, Case] = {}
    for case in sorted(cases, key=_size):
        checks.setdefault(case.spec.id, case)
    return list(checks.values())


def _unexplained(failing: Sequence[Case], found: Sequence[_Finding]) -> list[Case]:
    explained = frozenset[str]().union(*(finding.explained for finding in found))
    return [case for case in failing if case.name not in explained]


class _Search:
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
        known = self._answers.of_cases(list(self._failed))
        self._right = {name: _numbered(case.right) for name, case in known.items()}
        others = redrawn.of_cases(list(known)) if redrawn else {}
        self._chance = {name: self._differing(name, _numbered(case.right)) for name, case in others.items()}
        self._wrong = {name: self._compared(name, self._right[name], None).differing for name in known}
        self.wrong_functions = frozenset[str]().union(*self._wrong.values())

    def with_base(self, base: Candidate, failing: Sequence[Case]) -> "_Search":
        """Return the search for what explains these cases where this mistake is in the module already."""
        passed = _one_of_each_check([case for case in self._cases if case.verdict == CheckVerdict.PASSED])
        return _Search(self.candidates, self._answers.beside(base), passed, failing, self._effort)

    def _afford(self, wanted: Mapping[Candidate, Sequence[str]]) -> dict[Candidate, Sequence[str]]:
        return self._effort.afford(wanted, self._answers.base)

    def failing(self, candidates: Sequence[Candidate], names: Collection[str]) -> set[Candidate]:
        """Return the candidates that fail one of these cases."""
        candidates = list(self._afford({candidate: list(names) for candidate in candidates}))
        known = self._answers.learn_answers(dict.fromkeys(names, candidates))
        return {c for c in candidates if any(case.wrong[c.key] is not None for case in known.values())}

    def found(self, candidates: Sequence[Candidate]) -> list[_Finding]:
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

    def _direct(self, candidate: Candidate) -> list[str]:
        """Return the failing cases that call a function with the mistake, the cheapest first."""
        return [name for name, functions in self._failed.items() if functions & candidate.direct]

    def _touching(self, candidate: Candidate) -> list[str]:
        """Return the failing cases that call a function with the mistake, or one that uses it."""
        return [name for name, functions in self._failed.items() if functions & candidate.touched]

    def _agreeing(self, wanted: Mapping[Candidate, Sequence[str]]) -> list[Candidate]:
        """Return the candidates that answer as the submission does in all of these cases that they fail."""
        wanted = self._afford(wanted)
        by_case: dict[str, list[Candidate]] = {}
        for candidate, names in wanted.items():
            for name in names:
                by_case.setdefault(name, []).append(candidate)
        known = self._answers.learn_answers(by_case)
        return [
            candidate
            for candidate, names in wanted.items()
            if not any(
                self._compared(name, _numbered(answers), candidate).differing & candidate.direct
                for name in names
                if (answers := known[name].wrong[candidate.key]) is not None
            )
        ]

    def _finding(self, candidate: Candidate) -> _Finding | None:
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
        return _Finding(candidate, weights.keys()) if weights and certain and len(weights) >= left else None

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
            if weight is None or (candidate is None and _holes(entry) != _holes(other)):
                same = False
                if place not in self._chance.get(name, ()):
                    result.differing.add(entry.root)
            elif candidate and entry.root in candidate.touched:
                result.weight += weight
        return result


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
