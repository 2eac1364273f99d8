"""The result of proving one topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.checkspec import CheckSpec
from autograder.proof.grade_variants import DeclaredVariant
from autograder.proof.mutants import Mutant
from autograder.proof.probes import Difference
from autograder.proof.trial import Trial

__all__ = ["BARS", "TopicProof"]


@dataclass(frozen=True)
class Bars:
    """What the checks must reach: shares of misconceptions named, of mutants killed."""

    named: float
    killed: float
    killed_without_crashes: float


BARS = Bars(named=0.95, killed=0.99, killed_without_crashes=0.98)


@dataclass(frozen=True)
class TopicProof:
    """What the checks of a topic made of everything that was tried on them.

    Attributes:
        topic: name of the assignment.
        file: name of the reference's file.
        checks: in the order of the file.
        declared: the reference, the correct variants and the misconceptions.
        trials: of the mutants.
        reasons: for mutants judged equivalent by hand, why, by mutant.
        complete: whether all mutants were tried, not a sample.
        seconds: that the mutants took.
        elsewhere: checks that are alone in catching something with another grading seed only.
    """

    topic: str
    file: str
    checks: tuple[CheckSpec, ...]
    declared: tuple[DeclaredVariant, ...]
    trials: tuple[Trial, ...]
    reasons: dict[Mutant, str]
    complete: bool
    seconds: float
    elsewhere: frozenset[str] = frozenset()

    @property
    def correct(self) -> list[DeclaredVariant]:
        """The reference and the correct variants."""
        return [v for v in self.declared if v.right]

    @property
    def misconceptions(self) -> list[DeclaredVariant]:
        """The named wrong variants."""
        return [v for v in self.declared if not v.right]

    @cached_property
    def equivalent(self) -> list[Trial]:
        """Mutants that are right: no check catches them, and neither do the probes or a person."""
        return [t for t in self.trials if not t.failed and self._is_right(t)]

    @cached_property
    def disputed(self) -> list[Trial]:
        """Mutants that a check catches, though to the probes or a person they are right.

        Either the check is too sharp, or the probes are too narrow.
        """
        return [t for t in self.trials if t.failed and self._is_right(t)]

    @cached_property
    def killed(self) -> list[Trial]:
        """Mutants that a check catches."""
        return [t for t in self.trials if t.failed]

    @cached_property
    def survivors(self) -> list[Trial]:
        """Wrong mutants that no check catches."""
        return [t for t in self.trials if not t.failed and not self._is_right(t)]

    @cached_property
    def crashing(self) -> list[Trial]:
        """Wrong mutants that give no wrong answer, but none."""
        return [t for t in self.trials if t.difference == Difference.CRASH and t not in self.equivalent]

    @property
    def kill_rate(self) -> float:
        """Share of the wrong mutants that are killed."""
        return _share(len(self.killed), len(self.killed) + len(self.survivors))

    @property
    def kill_rate_without_crashes(self) -> float:
        """Share of the wrong mutants that are killed, of those that give an answer."""
        crashing = set(self.crashing)
        killed = [t for t in self.killed if t not in crashing]
        return _share(len(killed), len(killed) + len([t for t in self.survivors if t not in crashing]))

    def kills(self, check: str) -> int:
        """Return how many wrong variants the check was seen to catch."""
        return sum(check in failed for failed in self._caught)

    def sole_kills(self, check: str) -> int:
        """Return how many wrong variants no other check catches."""
        return sum(failed == {check} for failed in self._caught)

    @property
    def idle(self) -> list[CheckSpec]:
        """Checks without a reason to be there.

        A hidden check must be the only one to catch something, with the usual seed or another; one that
        students see must catch at least one misconception.
        """
        useful = {check for v in self.misconceptions for check in v.failed}
        alone = {c.id for c in self.checks if self.sole_kills(c.id)} | self.elsewhere
        return [c for c in self.checks if c.id not in alone and (c.hidden or c.id not in useful)]

    @property
    def problems(self) -> list[str]:
        """What keeps the checks from being proven, a sentence each; empty when they are."""
        found = [f"{v.name}, which is right, loses points" for v in self.correct if v.lost]
        found += [f"{v.name} keeps full marks" for v in self.misconceptions if not v.lost]
        found += _below(
            "misconceptions named",
            _share(sum(v.named for v in self.misconceptions), len(self.misconceptions)),
            BARS.named,
        )
        found += _below("mutants killed", self.kill_rate, BARS.killed)
        found += _below(
            "mutants killed of those that do not crash",
            self.kill_rate_without_crashes,
            BARS.killed_without_crashes,
        )
        found += [f"caught, though it is equivalent: {t.mutant.name}" for t in self.disputed]
        if self.complete:
            found += [f"{check.id} catches nothing that others don't" for check in self.idle]
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        caught = [v for v in self.misconceptions if v.lost]
        return {
            "correct": {"total": len(self.correct), "lost": list(_lost(self.correct))},
            "misconceptions": {
                "total": len(self.misconceptions),
                "caught": len(caught),
                "named": sum(v.named for v in caught),
                "missed": [v.name for v in self.misconceptions if not v.lost],
            },
            "mutants": {
                "total": len(self.trials),
                "equivalent": len(self.equivalent),
                "killed": len(self.killed),
                "crashing": len(self.crashing),
                "survivors": [self._described(t.mutant) for t in self.survivors],
            },
            "checks": {
                c.id: {"kills": self.kills(c.id), "sole_kills": self.sole_kills(c.id)} for c in self.checks
            },
        }

    def _described(self, mutant: Mutant) -> dict[str, Any]:
        return {
            "file": self.file,
            "line": mutant.line,
            "kind": mutant.kind,
            "before": mutant.before,
            "after": mutant.after,
        }

    def _is_right(self, trial: Trial) -> bool:
        return trial.mutant in self.reasons or trial.difference == Difference.NONE

    @cached_property
    def _caught(self) -> list[frozenset[str]]:
        return [v.failed for v in self.misconceptions] + [t.failed for t in self.trials]


def _lost(variants: Iterable[DeclaredVariant]) -> Iterable[dict[str, str]]:
    for variant in variants:
        for check in variant.lost:
            yield {"variant": variant.name, "check": check.id, "feedback": check.feedback}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _below(what: str, share: float, bar: float) -> Sequence[str]:
    return [f"{what}: {share:.1%}, the bar is {bar:.0%}"] if share < bar else []
