"""The matrix of a proof: checks by variants, who catches what."""

from collections.abc import Set
from dataclasses import dataclass
from enum import IntEnum

from autograder.proof.grade_variants import DeclaredVariant
from autograder.proof.result import TopicProof
from autograder.proof.trial import Trial


class Cell(IntEnum):
    """What one check made of one variant."""

    UNTRIED = 0
    PASSED = 1
    CAUGHT = 2
    CAUGHT_ALONE = 3


@dataclass(frozen=True)
class Row:
    """One variant and what each check made of it, in the order of the checks.

    Attributes:
        name: of the variant; for a mutant its kind.
        change: what a mutant changes, before and after; empty for others.
        verdict: what became of it, in a word or two.
        cells: one per check.
    """

    name: str
    change: tuple[str, ...]
    verdict: str
    cells: tuple[Cell, ...]


def matrix_of(proof: TopicProof) -> dict[str, list[Row]]:
    """Return a row for everything that was tried: what is right, misconceptions, mutants."""
    groups = {
        "right": [_declared(proof, variant) for variant in proof.correct],
        "misconceptions": [_declared(proof, variant) for variant in proof.misconceptions],
        "mutants": [_mutant(proof, trial) for trial in proof.trials],
    }
    return {group: rows for group, rows in groups.items() if rows}


def _declared(proof: TopicProof, variant: DeclaredVariant) -> Row:
    if variant.right:
        verdict = "loses points" if variant.lost else "full marks"
    else:
        verdict = "named" if variant.named else "caught" if variant.lost else "missed"
    return Row(variant.name, (), verdict, _cells(proof, {c.id for c in proof.checks}, variant.failed))


def _mutant(proof: TopicProof, trial: Trial) -> Row:
    mutant = trial.mutant
    verdict = "killed" if trial.failed else "survives" if trial in proof.survivors else "equivalent"
    if trial in proof.crashing:
        verdict += ", crashes"
    cells = _cells(proof, trial.passed | trial.failed, trial.failed)
    return Row(f"line {mutant.line}: {mutant.kind}", (mutant.before, mutant.after), verdict, cells)


def _cells(proof: TopicProof, tried: Set[str], failed: frozenset[str]) -> tuple[Cell, ...]:
    caught = Cell.CAUGHT_ALONE if len(failed) == 1 else Cell.CAUGHT
    return tuple(
        caught if c.id in failed else Cell.PASSED if c.id in tried else Cell.UNTRIED for c in proof.checks
    )
