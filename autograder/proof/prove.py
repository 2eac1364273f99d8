"""Proving one topic: plan, try, put together."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, as_completed
from dataclasses import replace
from functools import partial

import numpy as np

from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.errors import UserError
from autograder.proof.grade_variants import USUAL_SEED, grade_declared
from autograder.proof.mutants import Mutant, mutants_of
from autograder.proof.probes import Probes, load_probes
from autograder.proof.result import TopicProof
from autograder.proof.second_look import alone_elsewhere
from autograder.proof.test_coverage import Reach, find_reach, reaching
from autograder.proof.trial import Plan, Trial, try_mutants
from autograder.reports.progress import progress_bar
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SandboxError
from autograder.seeds import NumberedSeed

__all__ = ["prove", "sampled", "try_all"]

#: Mutants per warm sandbox: enough that starting it costs little, few enough that all workers end together.
_BATCH = 12

#: What a mutant may use, in units of the reference's slowest check; and seconds below which no limit is safe
#: on a machine that is busy otherwise.
_TIMES_REFERENCE = 10
_LEAST_SECONDS = 1.0

Advance = Callable[[str], None]


def prove(assignment: Assignment, executor: Executor, sample: int | None = None) -> TopicProof:
    """Try the checks of a topic on all that is right and all that is wrong.

    Args:
        assignment: the topic.
        executor: any `concurrent.futures.Executor`; each task supervises a sandbox of its own.
        sample: how many of the mutants to try, a seeded choice; None for all.

    Raises:
        UserError: the topic can't be graded, or the machine failed.
    """
    source = assignment.reference.read_text(encoding="utf-8")
    mutants = mutants_of(source)
    probes = load_probes(assignment)
    reasons = _reasons(mutants, probes)
    declared = grade_declared(assignment, executor)
    chosen = sampled(mutants, sample)
    started = time.monotonic()
    with progress_bar(len(chosen), f"mutants of {assignment.name}") as advance:
        trials = try_all(assignment, chosen, executor, advance)
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
    assignment: Assignment, mutants: Sequence[Mutant], executor: Executor, advance: Advance
) -> list[Trial]:
    """Try mutants, batch by batch; return the trials in the order of the mutants.

    Raises:
        UserError: the machine failed.
    """
    source = assignment.reference.read_text(encoding="utf-8")
    seed = NumberedSeed(USUAL_SEED)
    reach = find_reach(assignment, source, load_probes(assignment), seed)
    task = partial(
        try_mutants, assignment=assignment, seed=seed, limits=_limits(reach), answers=reach.answers
    )
    plans = _plans(mutants, source, reach)
    # Neighbours are alike, and the slow functions would come in one batch: deal them out.
    hands = max(1, -(-len(plans) // _BATCH))
    futures = [executor.submit(task, plans[hand::hands]) for hand in range(hands)]
    try:
        for future in as_completed(futures):
            for trial in future.result():
                advance(trial.mutant.name)
    except (SandboxError, BrokenExecutor) as error:
        raise UserError(f"the machine failed while mutants were tried: {error}") from error
    found = {trial.mutant: trial for future in futures for trial in future.result()}
    return [found[mutant] for mutant in mutants]


def sampled(mutants: Sequence[Mutant], count: int | None) -> list[Mutant]:
    """Return a choice of so many mutants, the same for the same reference; all of them for None."""
    if count is None or count >= len(mutants):
        return list(mutants)
    chosen = np.random.default_rng(0).choice(len(mutants), count, replace=False)
    return [mutants[i] for i in sorted(chosen)]


def _plans(mutants: Sequence[Mutant], source: str, reach: Reach) -> list[Plan]:
    lines = [mutant.line for mutant in mutants]
    tests = reaching(reach.tests, source, lines)
    probes = reaching(reach.probes, source, lines)
    return [Plan(*parts) for parts in zip(mutants, tests, probes, strict=True)]


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
