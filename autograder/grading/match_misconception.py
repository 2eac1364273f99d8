"""Naming the mistake: the known misconception that gives the same output as the student's code."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache, partial

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Case, run_checks
from autograder.proxy.channel import DirectChannel
from autograder.proxy.transcript import Transcript, alike
from autograder.seeds import GradingSeed
from autograder.variants import Variant, Variants, load_variants
from autograder.verdicts import CheckVerdict


@dataclass(frozen=True)
class _Candidate:
    """A misconception as a student may have it: in all its functions, or in one."""

    variant: Variant
    function: str | None

    @property
    def key(self) -> str:
        return f"{self.variant.name}/{self.function or ''}"


def diagnose(assignment: Assignment, cases: Sequence[Case], seed: GradingSeed) -> dict[str, Variant]:
    """Return, for each failed check whose outputs equal a misconception's, that misconception.

    A failed case is run again on each misconception that touches a function it called. Where the outputs
    are equal up to rounding and the misconception fails the case too, the mistake is named. Of several that
    fit, the one that explains most of this submission's failed checks is named, then the first in the file.

    Args:
        assignment: the topic.
        cases: one submission's.
        seed: the grading seed.

    Returns:
        Misconceptions by check id.
    """
    search = _Search(assignment, seed)
    fitting: dict[str, list[_Candidate]] = {}
    for case in cases:
        if case.verdict == CheckVerdict.FAILED and case.transcript.entries and not fitting.get(case.spec.id):
            fitting[case.spec.id] = search.fitting(case)
    explained = Counter(name for found in fitting.values() for name in {c.variant.name for c in found})
    return {
        check: max(found, key=lambda c: explained[c.variant.name]).variant
        for check, found in fitting.items()
        if found
    }


class _Search:
    """The search for one submission's mistakes.

    What fitted one check is tried first on the next: a submission has few different mistakes, and running a
    check on all misconceptions takes longer than grading the submission.
    """

    def __init__(self, assignment: Assignment, seed: GradingSeed):
        self._assignment = assignment
        self._seed = seed
        self._suspects: set[str] = set()

    def fitting(self, case: Case) -> list[_Candidate]:
        """Return the candidates that answer in this case what the submission answered."""
        candidates = _candidates(_variants(self._assignment), case.transcript.functions())
        suspects = [c for c in candidates if c.key in self._suspects]
        others = [c for c in candidates if c.key not in self._suspects]
        found = self._alike(case, suspects) or self._alike(case, others)
        self._suspects |= {c.key for c in found}
        return found

    def _alike(self, case: Case, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        wrong = _wrong_transcripts(self._assignment, candidates, case.name, self._seed)
        return [c for c in candidates if c.key in wrong and alike(case.transcript, wrong[c.key])]


_variants = lru_cache(maxsize=16)(load_variants)


def _candidates(variants: Variants, called: Set[str]) -> list[_Candidate]:
    found = []
    for variant in variants.misconceptions:
        touched = sorted(variant.replaces & called)
        if touched:
            found.append(_Candidate(variant, None))
            if len(variant.replaces) > 1:
                found += [_Candidate(variant.only(function), function) for function in touched]
    return found


#: What misconceptions answer in a case that they fail, by candidate; None for one that passes. Kept for the
#: length of the process: a class makes the same mistakes again and again.
_KNOWN: dict[tuple[str, GradingSeed, str, str], Transcript | None] = {}


def _wrong_transcripts(
    assignment: Assignment, candidates: Sequence[_Candidate], case: str, seed: GradingSeed
) -> Mapping[str, Transcript]:
    def place(candidate: _Candidate) -> tuple[str, GradingSeed, str, str]:
        return (assignment.digest, seed, case, candidate.key)

    new = {c.key: c for c in candidates if place(c) not in _KNOWN}
    if new:
        students = {key: partial(DirectChannel, c.variant.source, assignment.name) for key, c in new.items()}
        for run in run_checks(assignment, students, seed, only=[case]):
            _KNOWN[place(new[run.student])] = None if run.verdict == CheckVerdict.PASSED else run.transcript
    found = {c.key: _KNOWN[place(c)] for c in candidates}
    return {key: transcript for key, transcript in found.items() if transcript is not None}
