"""The result of proving one topic."""

from dataclasses import dataclass
from functools import cached_property

from autograder.checkspec import CheckSpec
from autograder.proof.grade_variants import DeclaredVariant
from autograder.proof.mutants import Mutant
from autograder.proof.names import Fit, GivenName
from autograder.proof.probes import Difference
from autograder.proof.trial import Trial

#: What the checks must reach: shares of misconceptions named, of mutants killed.
LEAST_NAMED = 0.95
LEAST_KILLED = 0.99
LEAST_KILLED_WITHOUT_CRASHES = 0.98
#: Why a check is idle, by whether it is hidden.
_IDLE = {
    True: "catches nothing that others don't, as a hidden check must",
    False: "catches none of the misconceptions",
}


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

    @property
    def kept(self) -> list[DeclaredVariant]:
        """Of what is right, what keeps full marks."""
        return [v for v in self.correct if not v.lost]

    @property
    def caught(self) -> list[DeclaredVariant]:
        """The misconceptions that lose points."""
        return [v for v in self.misconceptions if v.lost]

    @property
    def named(self) -> list[DeclaredVariant]:
        """The misconceptions that the feedback names rightly."""
        return [v for v in self.misconceptions if v.named]

    @property
    def misnamed(self) -> list[DeclaredVariant]:
        """The misconceptions, and what is right, for which the feedback gives another name."""
        return [v for v in self.declared if v.wrong_names]

    @property
    def diagnosed(self) -> list[Trial]:
        """The caught mutants whose mistake was to be named."""
        return [t for t in self.trials if t.names is not None]

    def given(self, fit: Fit) -> list[tuple[Mutant, GivenName]]:
        """Return the names that mutants were given and that fit them so."""
        return [(t.mutant, name) for t in self.diagnosed for name in t.names or () if name.fit == fit]

    @property
    def wrong_names(self) -> int:
        """How many misconceptions and mutants get a name that is certainly wrong."""
        return len(self.misnamed) + len({mutant for mutant, _ in self.given(Fit.WRONG)})

    @cached_property
    def equivalent(self) -> list[Trial]:
        """Mutants that no check catches, and that the probes or a person find to be right."""
        return [t for t in self.trials if not t.failed and self._is_right(t)]

    @cached_property
    def disputed(self) -> list[Trial]:
        """Mutants that a check catches, though the probes or a person find them to be right.

        Either the check is too strict, or the probes try too little.
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

    @property
    def crashing(self) -> list[Trial]:
        """Wrong mutants that never give a wrong answer: they give none, since they crash."""
        return [t for t in (*self.killed, *self.survivors) if t.difference == Difference.CRASH]

    @property
    def kill_rate(self) -> float:
        """Share of the wrong mutants that are killed."""
        return _share(len(self.killed), len(self.killed) + len(self.survivors))

    @property
    def kill_rate_without_crashes(self) -> float:
        """Share of the wrong mutants that are killed, of those that give an answer."""
        survivors = sum(t.difference != Difference.CRASH for t in self.survivors)
        killed = sum(t.difference != Difference.CRASH for t in self.killed)
        return _share(killed, killed + survivors)

    def kills(self, check: str) -> int:
        """Return how many wrong variants the check was seen to catch."""
        return sum(check in failed for failed in self._catches)

    def sole_kills(self, check: str) -> int:
        """Return how many wrong variants no other check catches."""
        return sum(failed == {check} for failed in self._catches)

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
        crashless = self.kill_rate_without_crashes
        for what, share, least in (
            ("misconceptions named", _share(len(self.named), len(self.misconceptions)), LEAST_NAMED),
            ("mutants killed", self.kill_rate, LEAST_KILLED),
            ("mutants killed of those that do not crash", crashless, LEAST_KILLED_WITHOUT_CRASHES),
        ):
            if share < least:
                found.append(f"{what}: {share:.1%}, the bar is {least:.0%}")
        found += [f"caught, though it is equivalent: {t.mutant.name}" for t in self.disputed]
        if self.complete:
            found += [f"{check.id} {_IDLE[check.hidden]}" for check in self.idle]
        return found

    def to_json(self) -> dict[str, object]:
        """Return the result as plain data."""
        lost = [(v, check) for v in self.correct for check in v.lost]
        return {
            "correct": {
                "total": len(self.correct),
                "lost": [{"variant": v.name, "check": c.id, "feedback": c.feedback} for v, c in lost],
            },
            "misconceptions": {
                "total": len(self.misconceptions),
                "caught": len(self.caught),
                "named": len(self.named),
                "named_first": sum(v.named_first for v in self.misconceptions),
                "missed": [v.name for v in self.misconceptions if not v.lost],
                "wrong_names": [
                    {"variant": v.name, "check": check, "name": name}
                    for v in self.misnamed
                    for check, name in v.wrong_names.items()
                ],
            },
            "mutants": {
                "total": len(self.trials),
                "equivalent": len(self.equivalent),
                "killed": len(self.killed),
                "crashing": len(self.crashing),
                "survivors": [self._described(t.mutant) for t in self.survivors],
                "diagnosed": len(self.diagnosed),
                "named": sum(bool(t.names) for t in self.diagnosed),
                "wrong_names": [
                    {**self._described(mutant), "check": given.check, "name": given.name, "fit": fit.value}
                    for fit in (Fit.WRONG, Fit.PERHAPS)
                    for mutant, given in self.given(fit)
                ],
            },
            "checks": {
                c.id: {"kills": self.kills(c.id), "sole_kills": self.sole_kills(c.id)} for c in self.checks
            },
        }

    def _described(self, mutant: Mutant) -> dict[str, str | int]:
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
    def _catches(self) -> list[frozenset[str]]:
        return [v.failed for v in self.misconceptions] + [t.failed for t in self.trials]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
