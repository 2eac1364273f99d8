"""Whether a mutant that is caught is called by a right name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autograder.course.assignment import Assignment
from autograder.grading.match_misconception import diagnose
from autograder.grading.run_checks import Case
from autograder.proof.grade_variants import USUAL_SEED
from autograder.proof.mutants import Mutant
from autograder.proof.probes import Answers
from autograder.proxy.entries import same_entries
from autograder.variants import Variant


class Fit(StrEnum):
    """How well a misconception's name fits a mutant."""

    #: It answers all probes as the mutant does.
    SAME = "right"
    #: It is of the same function, and answers some probes otherwise.
    PERHAPS = "doubtful"
    #: It changes nothing that the mutant changes.
    WRONG = "wrong"


@dataclass(frozen=True)
class GivenName:
    """A misconception that the feedback names.

    Attributes:
        check: the id of the check that does.
        name: the misconception's.
        fit: whether the mutant is one.
    """

    check: str
    name: str
    fit: Fit


def given_names(
    assignment: Assignment,
    mutant: Mutant,
    cases: Sequence[Case],
    answers: Callable[[str | None], Sequence[Answers]],
) -> tuple[GivenName, ...]:
    """Name the mistake in a mutant, as for a student, and judge the names.

    Args:
        assignment: the topic.
        mutant: what was tried.
        cases: that it was tried in.
        answers: gives what a module answers to probes, the mutant for None.
    """
    named = [
        (check, v) for check, several in diagnose(assignment, cases, USUAL_SEED).items() for v in several
    ]
    fits = {variant.name: fit_of(mutant, variant, answers) for _, variant in named}
    return tuple(GivenName(check, variant.name, fits[variant.name]) for check, variant in named)


def fit_of(mutant: Mutant, variant: Variant, answers: Callable[[str | None], Sequence[Answers]]) -> Fit:
    """Judge a name, given what a module answers to probes; arguments as above."""
    changed = variant.reference.users_of({mutant.function})
    if mutant.function not in variant.replaces and not changed & variant.exchanged:
        return Fit.WRONG
    alone = variant.only(mutant.function) if mutant.function in variant.replaces else variant
    own, others = answers(None), answers(alone.source)
    same = all(same_entries(one, other) for one, other in zip(own, others, strict=True))
    return Fit.SAME if same else Fit.PERHAPS
