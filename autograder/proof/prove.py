"""Proving one topic: plan, try, put together."""

import math
import time
from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain

from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.errors import UserError
from autograder.proof.grade_variants import grade_declared
from autograder.proof.mutants import Mutant, mutants_of
from autograder.proof.probes import Probes, load_probes
from autograder.proof.result import TopicProof
from autograder.proof.run_tasks import run_tasks
from autograder.proof.sampling import sampled
from autograder.proof.second_look import alone_elsewhere
from autograder.proof.test_coverage import Reach, find_reach, reaching
from autograder.proof.trial import Plan, Trial, try_mutants
from autograder.reports.progress import progress_bar
from autograder.sandbox.limits import Limits

#: Mutants per warm sandbox: enough that starting it costs little, few enough that all workers end together.
_BATCH = 12

#: Of how many mutants the mistake is named: for each that takes longer than all checks together.
_DIAGNOSED = 60

#: What a mutant may use, in units of the reference's slowest check; and seconds below which no limit is safe
#: on a machine that is busy otherwise.
_TIMES_REFERENCE = 10
_LEAST_SECONDS = 1.0


def prove(assignment: Assignment, executor: Executor, sample: int | None = None) -> TopicProof:
    """Try the checks of a topic on all that is right and all that is wrong.

    Args:
        assignment: the topic.
        executor: any `concurrent.futures.Executor`; each task supervises a sandbox of its own.
        sample: how many of the mutants to try, a seeded choice; None for all.

    Raises:
        UserError: the topic can't be graded, or the machine failed.
    """
    mutants = mutants_of(assignment.reference.read_text(encoding="utf-8"))
    reasons = _reasons(mutants, load_probes(assignment))
    declared = grade_declared(assignment, executor)
    started = time.monotonic()
    trials = try_all(assignment, sampled(mutants, sample), executor, _DIAGNOSED)
    proof = TopicProof(
        topic=assignment.name,
        file=assignment.reference.name,
        checks=read_checks(assignment.checks),
        declared=tuple(declared),
        trials=tuple(trials),
        reasons=reasons,
        complete=sample is None,
        seconds=time.monotonic() - started,
    )
    if not (proof.complete and proof.idle):
        return proof
    elsewhere = alone_elsewhere(assignment, executor, proof.misconceptions, proof.idle)
    return replace(proof, elsewhere=elsewhere)


def try_all(
    assignment: Assignment, mutants: Sequence[Mutant], executor: Executor, diagnosed: int = 0
) -> list[Trial]:
    """Try mutants, batch by batch; return the trials in the order of the mutants.

    Args:
        assignment: the topic.
        mutants: of its reference.
        executor: any `concurrent.futures.Executor`.
        diagnosed: of how many of them, a seeded choice, the mistake is named where it is caught.

    Raises:
        UserError: the machine failed.
    """
    reach = find_reach(assignment, load_probes(assignment))
    task = partial(try_mutants, assignment=assignment, limits=_limits(reach), answers=reach.answers)
    plans = _plans(assignment, mutants, reach, set(sampled(mutants, diagnosed)))
    # Neighbours are alike, and one batch would get all mutants of a slow function: deal them out.
    hands = math.ceil(len(plans) / _BATCH)
    tasks = [partial(task, plans[hand::hands]) for hand in range(hands)]
    found: dict[Mutant, Trial] = {}
    with progress_bar(len(mutants), f"mutants of {assignment.name}") as advance:
        for trial in chain.from_iterable(run_tasks(executor, tasks)):
            found[trial.mutant] = trial
            advance(trial.mutant.name)
    return [found[mutant] for mutant in mutants]


def _plans(
    assignment: Assignment, mutants: Sequence[Mutant], reach: Reach, diagnosed: Collection[Mutant]
) -> list[Plan]:
    source = assignment.reference.read_text(encoding="utf-8")
    lines = [mutant.line for mutant in mutants]
    tests = reaching(reach.tests, source, lines)
    probes = reaching(reach.probes, source, lines)
    return [Plan(mutant, tests[i], probes[i], mutant in diagnosed) for i, mutant in enumerate(mutants)]


def _limits(reach: Reach) -> Limits:
    seconds = max(_LEAST_SECONDS, _TIMES_REFERENCE * reach.slowest)
    return Limits(call_cpu=seconds, call_wall=4 * seconds + 10)


def _reasons(mutants: Sequence[Mutant], probes: Probes) -> dict[Mutant, str]:
    """Return why mutants are equivalent by hand.

    Raises:
        UserError: an entry fits no mutant any more.
    """
    reasons: dict[Mutant, str] = {}
    for entry in probes.equivalents:
        covered = [mutant for mutant in mutants if entry.covers(mutant)]
        if not covered:
            raise UserError(
                f"probes.py calls a mutant of {entry.function} equivalent that is none any more; "
                f"take it out: {entry.before} -> {entry.after}"
            )
        reasons |= dict.fromkeys(covered, entry.reason)
    return reasons
