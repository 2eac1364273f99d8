"""The matrix of a proof: checks by variants, who catches what."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from autograder.proof.result import TopicProof

__all__ = ["Cell", "Row", "matrix_of"]


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
        group: right, misconceptions or mutants.
        name: of the variant; for a mutant its kind.
        change: what a mutant changes, before and after; empty for others.
        verdict: what became of it, in a word or two.
        cells: one per check.
    """

    group: str
    name: str
    change: tuple[str, ...]
    verdict: str
    cells: tuple[Cell, ...]


def matrix_of(proof: TopicProof) -> list[Row]:
    """Return a row for everything that was tried."""
    return [*_declared(proof), *_mutants(proof)]


def _declared(proof: TopicProof) -> Iterator[Row]:
    everything = frozenset(c.id for c in proof.checks)
    for variant in (*proof.correct, *proof.misconceptions):
        group = "right" if variant.right else "misconceptions"
        verdict = _verdict_of_declared(variant.right, bool(variant.lost), variant.named)
        yield Row(group, variant.name, (), verdict, _cells(proof, everything, variant.failed))


def _verdict_of_declared(right: bool, loses: bool, named: bool) -> str:
    if right:
        return "loses points" if loses else "full marks"
    return "named" if named else "caught" if loses else "missed"


def _mutants(proof: TopicProof) -> Iterator[Row]:
    equivalent, survivors = set(proof.equivalent), set(proof.survivors)
    crashing = set(proof.crashing)
    for trial in proof.trials:
        verdict = "equivalent" if trial in equivalent else "survives" if trial in survivors else "killed"
        mutant = trial.mutant
        yield Row(
            "mutants",
            f"line {mutant.line}: {mutant.kind}",
            (mutant.before, mutant.after),
            f"{verdict}, crashes" if trial in crashing else verdict,
            _cells(proof, trial.passed | trial.failed, trial.failed),
        )


def _cells(proof: TopicProof, tried: frozenset[str], failed: frozenset[str]) -> tuple[Cell, ...]:
    caught = Cell.CAUGHT_ALONE if len(failed) == 1 else Cell.CAUGHT
    return tuple(
        caught if c.id in failed else Cell.PASSED if c.id in tried else Cell.UNTRIED for c in proof.checks
    )
