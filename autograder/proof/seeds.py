"""Flakiness: what is right, graded with many seeds, must not lose one point."""

import ast
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial

from autograder.bank import load_bank
from autograder.course.assignment import Assignment
from autograder.course.sample_class import sample_class
from autograder.errors import UserError
from autograder.grading.session import Case, run_checks
from autograder.proof.reach import entered_by_tests, entering
from autograder.proxy.channel import Budget, SandboxChannel
from autograder.reports.progress import progress_bar
from autograder.sandbox.choice import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import warm_sandbox
from autograder.sandbox.process import SandboxError
from autograder.verdicts import PASSED

__all__ = ["Lost", "lost_by_seed"]

#: Seeds that everything is graded with; slow variants with no more.
_FEW = 5
#: Seeds per task of a worker.
_CHUNK = 20
#: A variant that takes this many times the reference's CPU time is slow.
_SLOW = 10.0


@dataclass(frozen=True)
class Lost:
    """A test that something right did not pass."""

    topic: str
    variant: str
    seed: int
    test: str
    message: str


@dataclass(frozen=True)
class _Part:
    """What some seeds gave: cases lost, CPU seconds of the longest grading, the tests that use the seed."""

    lost: tuple[Lost, ...]
    seconds: float
    seeded: tuple[str, ...]


#: A variant's name and source, the seeds, and the tests to run; None for all with the first seed.
_Task = tuple[str, bytes, range, tuple[str, ...] | None]


def lost_by_seed(assignment: Assignment, executor: Executor, seeds: int) -> list[Lost]:
    """Grade the reference and all correct variants with the seeds 0, 1, ...

    Tests that draw no random numbers are run with the first seed only. After a few seeds a variant is run
    with those tests only that enter a function which it writes in another way than the reference: with the
    same seed, the others go through the same code as for the reference.

    Args:
        assignment: the topic.
        executor: any `concurrent.futures.Executor`.
        seeds: how many; variants more than ten times as slow as the reference are graded with five.

    Returns:
        What was lost; empty as it should be.

    Raises:
        UserError: the machine failed.
    """
    members = {
        name: content
        for name, content in sample_class(assignment).items()
        if content is not None and (name == "reference" or name.startswith("correct-"))
    }
    few = range(min(_FEW, seeds))
    first = _grade_all(assignment, executor, [(name, members[name], few, None) for name in members])
    bound, seeded = _SLOW * first[0].seconds, first[0].seeded
    quick = [name for name, part in zip(members, first, strict=True) if part.seconds <= bound]
    tests = _tests_by_member(assignment, seeded)
    tasks = [
        (name, members[name], chunk, tests[name])
        for name in quick
        if tests[name]
        for chunk in _chunks(_FEW, seeds)
    ]
    rest = _grade_all(assignment, executor, tasks)
    return [lost for part in (*first, *rest) for lost in part.lost]


def _tests_by_member(assignment: Assignment, seeded: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each member that is right, the seeded tests that may go otherwise than the reference's."""
    entered = entered_by_tests(assignment, seed=0)
    source = assignment.reference.read_text(encoding="utf-8")
    tests = {"reference": tuple(seeded)} | {"correct-noisy": ()}
    for variant in load_bank(assignment).correct:
        reached = entering(entered, source, variant.exchanged)
        everywhere = not _only_imports(variant.preamble)
        tests[f"correct-{variant.name}"] = tuple(t for t in seeded if everywhere or t in reached)
    return tests


def _only_imports(code: str) -> bool:
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(code).body)


def _chunks(start: int, stop: int) -> Iterator[range]:
    for first in range(start, stop, _CHUNK):
        yield range(first, min(first + _CHUNK, stop))


def _grade_all(assignment: Assignment, executor: Executor, tasks: Sequence[_Task]) -> list[_Part]:
    futures: list[Future[_Part]] = [executor.submit(_grade, assignment, *task) for task in tasks]
    if not futures:
        return []
    with progress_bar(len(futures), f"seeds of {assignment.name}") as advance:
        for (name, _, seeds, _), future in zip(tasks, futures, strict=True):
            try:
                future.result()
            except (SandboxError, BrokenExecutor) as error:
                raise UserError(f"the machine failed while {name} was graded: {error}") from error
            advance(
                f"{name}, seeds {seeds.start} to {seeds.stop - 1}, {len(future.result().lost)} cases lost"
            )
    return [future.result() for future in futures]


def _grade(
    assignment: Assignment, name: str, content: bytes, seeds: range, only: tuple[str, ...] | None
) -> _Part:
    """Grade one variant with some seeds; what draws no random numbers with the first at most."""
    lost: list[Lost] = []
    seconds = 0.0
    with warm_sandbox(choose_level(), Limits()) as sandbox:
        for seed in seeds:
            error = sandbox.load({f"{assignment.name}.py": content}, assignment.name, assignment.forbidden)
            if error is not None:
                raise SandboxError(f"{name} can't be compiled: {error[3]}")
            opened = {name: partial(SandboxChannel, sandbox, Budget.of(sandbox.limits))}
            cases = run_checks(assignment, opened, seed, only)
            lost += _lost(assignment.name, seed, cases)
            only = tuple(case.name for case in cases if case.seeded)
            sandbox.child_cpu()
            seconds = max(seconds, sandbox.spent)
    return _Part(tuple(lost), seconds, only or ())


def _lost(topic: str, seed: int, cases: Sequence[Case]) -> Iterator[Lost]:
    for case in cases:
        if case.verdict != PASSED:
            yield Lost(topic, case.student, seed, case.name, case.message)
