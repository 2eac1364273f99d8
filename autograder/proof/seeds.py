"""Flakiness: what is right, graded with many seeds, must not lose one point."""

import ast
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.grading.run_checks import Case, Recorder, record, run_checks
from autograder.home.module import student_module
from autograder.plugin import SEED
from autograder.proof.test_coverage import entered_by_tests, entering
from autograder.proxy.channel import Budget, DirectChannel, SandboxChannel
from autograder.reports.progress import progress_bar
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import warm_sandbox
from autograder.sandbox.process import SandboxError
from autograder.seeds import NumberedSeed
from autograder.variants import load_variants
from autograder.variants.sample_class import sample_class
from autograder.verdicts import CheckVerdict

__all__ = ["Lost", "lost_by_seed"]

#: Seeds that everything is graded with, in the sandbox; slow variants with no more.
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


#: A variant's name and source, and the seeds.
_Task = tuple[str, bytes, range]


def lost_by_seed(assignment: Assignment, executor: Executor, seeds: int) -> list[Lost]:
    """Grade the reference and all correct variants with the seeds 0, 1, ...

    The first five are graded in the sandbox. The others run on the module itself, as at home: the verdicts
    are the same (tests/acceptance holds the two against each other), and it takes a fraction of the time.
    Tests that draw no random numbers are run with the first seed only, and after five seeds a variant with
    those tests only that enter a function which it writes in another way than the reference: with the same
    seed, the others go through the same code as for the reference.

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
    sandboxed = partial(_grade, assignment)
    first = _run_all(assignment, executor, sandboxed, [(name, members[name], few) for name in members])
    bound, seeded = _SLOW * first[0].seconds, first[0].seeded
    quick = [name for name, part in zip(members, first, strict=True) if part.seconds <= bound]
    tests = _tests_by_member(assignment, seeded)
    tasks = [(name, members[name], chunk) for name in quick if tests[name] for chunk in _chunks(_FEW, seeds)]
    rest = _run_all(assignment, executor, partial(_run_on_module, assignment, tests), tasks)
    return [lost for part in (*first, *rest) for lost in part.lost]


def _tests_by_member(assignment: Assignment, seeded: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each member that is right, the seeded tests that may go otherwise than the reference's."""
    entered = entered_by_tests(assignment, NumberedSeed(0))
    source = assignment.reference.read_text(encoding="utf-8")
    tests = {"reference": tuple(seeded)} | {"correct-noisy": ()}
    for variant in load_variants(assignment).correct:
        reached = entering(entered, source, variant.exchanged)
        everywhere = not _only_imports(variant.preamble)
        tests[f"correct-{variant.name}"] = tuple(t for t in seeded if everywhere or t in reached)
    return tests


def _only_imports(code: str) -> bool:
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(code).body)


def _chunks(start: int, stop: int) -> Iterator[range]:
    for first in range(start, stop, _CHUNK):
        yield range(first, min(first + _CHUNK, stop))


def _run_all(
    assignment: Assignment, executor: Executor, work: Callable[..., _Part], tasks: Sequence[_Task]
) -> list[_Part]:
    futures: list[Future[_Part]] = [executor.submit(work, *task) for task in tasks]
    if not futures:
        return []
    with progress_bar(len(futures), f"seeds of {assignment.name}") as advance:
        for (name, _, seeds), future in zip(tasks, futures, strict=True):
            try:
                future.result()
            except (SandboxError, BrokenExecutor) as error:
                raise UserError(f"the machine failed while {name} was graded: {error}") from error
            advance(
                f"{name}, seeds {seeds.start} to {seeds.stop - 1}, {len(future.result().lost)} cases lost"
            )
    return [future.result() for future in futures]


def _grade(assignment: Assignment, name: str, content: bytes, seeds: range) -> _Part:
    """Grade one variant with some seeds; what draws no random numbers with the first only."""
    lost: list[Lost] = []
    seconds = 0.0
    only: tuple[str, ...] | None = None
    with warm_sandbox(choose_level(), Limits()) as sandbox:
        for seed in seeds:
            error = sandbox.load({f"{assignment.name}.py": content}, assignment.name, assignment.forbidden)
            if error is not None:
                raise SandboxError(f"{name} can't be compiled: {error[3]}")
            opened = {name: partial(SandboxChannel, sandbox, Budget.of(sandbox.limits))}
            cases = run_checks(assignment, opened, NumberedSeed(seed), only)
            lost += _lost(assignment.name, name, seed, cases)
            only = tuple(case.name for case in cases if case.seeded)
            sandbox.child_cpu()
            seconds = max(seconds, sandbox.spent)
    return _Part(tuple(lost), seconds, only or ())


class _OnModule(Recorder):
    """Runs tests on a variant's module itself, once for each seed."""

    def __init__(self, path: Path, seeds: range, only: Sequence[str]):
        never_opened = partial(DirectChannel, "", path.stem)
        super().__init__({str(seed): never_opened for seed in seeds}, frozenset(only))
        self._path = path

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Set this test's seed."""
        item.config.stash[SEED] = NumberedSeed(int(self.case_of[item].student))

    @pytest.hookimpl(tryfirst=True)
    def pytest_autograder_open_student(self, item: pytest.Item) -> AbstractContextManager[ModuleType]:  # type: ignore[override]
        """Return the module, executed anew."""
        return student_module(self._path)


def _run_on_module(
    assignment: Assignment, tests: Mapping[str, Sequence[str]], name: str, content: bytes, seeds: range
) -> _Part:
    """Run some tests on one variant with some seeds, as a student does at home."""
    with tempfile.TemporaryDirectory(prefix="autograder-seeds-") as folder:
        path = Path(folder, f"{assignment.name}.py")
        path.write_bytes(content)
        cases = record(_OnModule(path, seeds, tests[name]), assignment, NumberedSeed(0))
    lost = (one for case in cases for one in _lost(assignment.name, name, int(case.student), [case]))
    return _Part(tuple(lost), 0.0, ())


def _lost(topic: str, variant: str, seed: int, cases: Sequence[Case]) -> Iterator[Lost]:
    for case in cases:
        if case.verdict != CheckVerdict.PASSED:
            yield Lost(topic, variant, seed, case.name, case.message)
