"""Naming the mistake: the known misconception that answers as the student's code does, by function."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import Final

from autograder.course.assignment import Assignment
from autograder.grading.candidates import beside, candidates_of
from autograder.grading.effort import Effort
from autograder.grading.known_answers import known_answers
from autograder.grading.run_checks import Case
from autograder.grading.search import Finding, Search, one_of_each_check
from autograder.seeds import GradingSeed
from autograder.variants import Variant
from autograder.verdicts import CheckVerdict

#: How many further mistakes are tried beside those found, and in how many checks, one case of each. This
#: bounds the cost of mistakes that nobody had together before.
MOST_PAIRS: Final = 24
MOST_CHECKS: Final = 6


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
    return _each_first_somewhere({check: variants for check, variants in named.items() if variants})


def _each_first_somewhere(named: Mapping[str, Sequence[Variant]]) -> dict[str, list[Variant]]:
    """Tell each mistake first somewhere: one told after others only, where the first is so elsewhere too."""
    ordered = {check: list(variants) for check, variants in named.items()}
    for check, variants in ordered.items():
        first = Counter(several[0].name for several in ordered.values())
        later = [variant for variant in variants if not first[variant.name]]
        if later and first[variants[0].name] > 1:
            ordered[check] = [later[0], *(variant for variant in variants if variant is not later[0])]
    return ordered


def _in_functions_apart(found: Sequence[Finding], cases: Set[str]) -> list[Variant]:
    """Return the mistakes that explain one of these cases, no two of them in the same function.

    Where a mistake shows in a function that calls the one with it, a mistake there explains nothing more; nor
    does a hidden one where others explain as much.
    """
    variants: dict[str, Variant] = {}
    taken: set[str] = set()
    reached: set[str] = set()
    explained: set[str] = set()
    for finding in found:
        candidate = finding.candidate
        apart = not (finding.hidden or candidate.direct <= reached)
        nothing_more = finding.explained <= explained and not apart
        if finding.explained & cases and taken.isdisjoint(candidate.direct) and not nothing_more:
            taken |= candidate.direct
            reached |= candidate.touched
            explained |= finding.explained
            variants.setdefault(candidate.variant.name, candidate.variant)
    return list(variants.values())


def _found(
    assignment: Assignment, cases: Sequence[Case], failing: Sequence[Case], seed: GradingSeed, effort: Effort
) -> list[Finding]:
    """Return a submission's mistakes.

    First those seen alone, then those seen but for what depends on chance, then those seen only beside these.
    Where there is none, those that chance hides but for what the checks say.
    """
    candidates, answers = candidates_of(assignment), known_answers(assignment, seed)
    search = Search(candidates, answers, cases, failing, effort)
    found = search.found(candidates.all)
    if candidates.redrawn is not None:
        redrawn = answers.beside(candidates.redrawn)
        left = _calling(candidates.redrawn.touched, _unexplained(failing, found))
        if left:
            found += Search(candidates, answers, cases, left, effort, redrawn).found(candidates.all)
    left = _calling(candidates.drawing, failing)
    if left and not found:  # else what else is amiss may follow from that, and is told in the same words
        found = Search(candidates, answers, cases, left, effort).told_alike()
    left = one_of_each_check(_unexplained(failing, found))[:MOST_CHECKS]
    return found + _beside(found, search, left) if found and left else found


def _beside(found: Sequence[Finding], search: Search, left: Sequence[Case]) -> list[Finding]:
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


def _calling(functions: Set[str], cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.transcript.functions() & functions]


def _unexplained(failing: Sequence[Case], found: Sequence[Finding]) -> list[Case]:
    explained = frozenset[str]().union(*(finding.explained for finding in found))
    return [case for case in failing if case.name not in explained]
