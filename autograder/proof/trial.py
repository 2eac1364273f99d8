"""Trying mutants: the probes first, then the checks that reach the change, in a sandbox."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Case
from autograder.proof.grade_variants import USUAL_SEED
from autograder.proof.mutants import Mutant
from autograder.proof.names import GivenName, given_names
from autograder.proof.probes import ROUNDS, Answers, Difference, answer, difference, load_probes
from autograder.proof.screening import screen
from autograder.proxy.budget import Budget
from autograder.proxy.channel import DirectChannel, SandboxChannel
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import warm_sandbox
from autograder.sandbox.process import Sandbox, SandboxError
from autograder.verdicts import CheckVerdict

#: A mutant is dropped when this many checks have failed: the first shows that it is caught, the second that
#: the first is not the only one to catch it.
ENOUGH = 2


@dataclass(frozen=True)
class Plan:
    """A mutant and what is to be run on it: the tests and probes that enter the changed function.

    Attributes:
        diagnosed: whether the mistake is to be named, as for a student; that takes longer than the checks.
    """

    mutant: Mutant
    tests: Sequence[str] = field(repr=False)
    probes: Sequence[str] = field(repr=False)
    diagnosed: bool = False


@dataclass(frozen=True)
class Trial:
    """What became of a mutant.

    Attributes:
        mutant: which one.
        difference: what the probes say of it.
        passed: ids of the checks that were run and that it passed.
        failed: ids of the checks that caught it.
        names: of the known mistakes that the feedback on these would name; None where nobody looked.
    """

    mutant: Mutant
    difference: Difference
    passed: frozenset[str]
    failed: frozenset[str]
    names: tuple[GivenName, ...] | None = None


def try_mutants(
    plans: Sequence[Plan],
    assignment: Assignment,
    limits: Limits,
    answers: Mapping[str, list[Answers]],
) -> list[Trial]:
    """Try some mutants, one after the other, in one warm sandbox.

    Args:
        plans: what to try.
        assignment: the topic.
        limits: of each mutant; short, since endless loops are among them.
        answers: the reference's to the probes.

    Raises:
        SandboxError: the machine failed.
    """
    with warm_sandbox(choose_level(), limits) as sandbox:
        bench = _Bench(assignment, sandbox)
        differences = [bench.difference(plan, answers) for plan in plans]
        students = {str(i): partial(bench.channel, plan.mutant) for i, plan in enumerate(plans)}
        tests = {str(i): plan.tests for i, plan in enumerate(plans)}
        cases = screen(assignment, students, USUAL_SEED, tests, ENOUGH)
        return [
            bench.trial(plan, differences[i], [case for case in cases if case.student == str(i)])
            for i, plan in enumerate(plans)
        ]


class _Bench:
    """A warm sandbox that one mutant after the other is loaded into."""

    def __init__(self, assignment: Assignment, sandbox: Sandbox):
        self._assignment = assignment
        self._module = assignment.name
        self._handles = assignment.handles
        self._probes = load_probes(assignment)
        self._sandbox = sandbox
        self._loaded: Mutant | None = None
        self._budget = Budget.of(sandbox.limits)

    def channel(self, mutant: Mutant) -> SandboxChannel:
        """Return a channel to a mutant, which takes the place of the one before."""
        if mutant is not self._loaded:
            error = self._sandbox.load({f"{self._module}.py": mutant.source.encode()}, self._module)
            if error is not None:
                raise SandboxError(f"the mutant {mutant.name} can't be compiled: {error.text}")
            self._loaded, self._budget = mutant, Budget.of(self._sandbox.limits)
        return SandboxChannel(self._sandbox, self._budget)

    def difference(self, plan: Plan, expected: Mapping[str, list[Answers]]) -> Difference:
        """Return what the probes say; where no probe reaches the change, a mutant counts as wrong."""
        return difference(self._answers(plan, expected)) if plan.probes else Difference.VALUE

    def _answers(
        self, plan: Plan, expected: Mapping[str, list[Answers]]
    ) -> Iterator[tuple[Answers, Answers]]:
        """Give what a mutant answers to its probes, beside what the reference does; round by round."""
        for number in range(ROUNDS):
            for name in plan.probes:
                channel = self.channel(plan.mutant)
                probe = self._probes.by_name[name]
                found = answer(name, probe, number, channel, self._module, self._handles)
                yield found, expected[name][number]

    def trial(self, plan: Plan, difference: Difference, cases: Sequence[Case]) -> Trial:
        """Put together what became of a mutant."""
        failed = frozenset(case.spec.id for case in cases if case.verdict != CheckVerdict.PASSED)
        names = None
        if plan.diagnosed and failed:
            names = given_names(
                self._assignment, plan.mutant, cases, lambda source: self._first_round(plan, source)
            )
        passed = frozenset(case.spec.id for case in cases) - failed
        return Trial(plan.mutant, difference, passed, failed, names)

    def _first_round(self, plan: Plan, source: str | None) -> list[Answers]:
        """Return what a module of ours, or else the mutant itself, answers to the first round of probes."""
        module = self._module
        return [
            answer(
                name,
                self._probes.by_name[name],
                0,
                self.channel(plan.mutant) if source is None else DirectChannel(source, module),
                module,
                self._handles,
            )
            for name in plan.probes
        ]
