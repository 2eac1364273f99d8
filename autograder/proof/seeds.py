"""Flakiness: what is right, graded with many seeds, must not lose one point."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Case, record, run_checks
from autograder.plugin import SEED
from autograder.proof.grade_variants import USUAL_SEED
from autograder.proof.on_module import OnModule
from autograder.proof.probes import Probes
from autograder.proof.run_tasks import run_tasks
from autograder.proof.test_coverage import entering, find_reach, only_imports
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.reports.progress import progress_bar
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import warm_sandbox
from autograder.sandbox.process import SandboxError
from autograder.seeds import NumberedSeed
from autograder.variants import load_variants
from autograder.variants.sample_class import sample_class
from autograder.verdicts import CheckVerdict

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
    """What some seeds gave for one variant.

    Attributes:
        variant: its name in the sample class.
        seeds: that it was graded with.
        lost: the tests that it did not pass.
        seconds: CPU time of the longest grading.
        seeded: the tests that draw random numbers.
    """

    variant: str
    seeds: range
    lost: tuple[Lost, ...]
    seconds: float = 0.0
    seeded: tuple[str, ...] = ()


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
        if content is not None and name.startswith(("reference", "correct-"))
    }
    few, later = range(seeds)[:_FEW], range(seeds)[_FEW:]
    grade = partial(_grade, assignment)
    parts = _run_all(assignment, executor, [partial(grade, *member, few) for member in members.items()])
    (reference,) = (part for part in parts if part.variant == "reference")
    quick = {part.variant for part in parts if part.seconds <= _SLOW * reference.seconds}
    tests = _tests_by_member(assignment, reference.seeded)
    chunks = [later[first : first + _CHUNK] for first in range(0, len(later), _CHUNK)]
    parts += _run_all(
        assignment,
        executor,
        [
            partial(_run_on_module, assignment, name, content, chunk, tests[name])
            for name, content in members.items()
            if name in quick and tests[name]
            for chunk in chunks
        ],
    )
    return [lost for part in parts for lost in part.lost]


def _tests_by_member(assignment: Assignment, seeded: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each member that is right, the seeded tests that may go otherwise than the reference's."""
    entered = find_reach(assignment, Probes()).tests
    source = assignment.reference.read_text(encoding="utf-8")
    tests = {"reference": tuple(seeded)} | {"correct-noisy": ()}
    for variant in load_variants(assignment).correct:
        reached = entering(entered, source, variant.exchanged)
        everywhere = not only_imports(variant.preamble)
        tests[f"correct-{variant.name}"] = tuple(t for t in seeded if everywhere or t in reached)
    return tests


def _run_all(assignment: Assignment, executor: Executor, tasks: Sequence[Callable[[], _Part]]) -> list[_Part]:
    parts: list[_Part] = []
    with progress_bar(len(tasks), f"seeds of {assignment.name}") as advance:
        for part in run_tasks(executor, tasks):
            parts.append(part)
            first, last = part.seeds[0], part.seeds[-1]
            advance(f"{part.variant}, seeds {first} to {last}, {len(part.lost)} cases lost")
    return parts


def _grade(assignment: Assignment, name: str, content: bytes, seeds: range) -> _Part:
    """Grade one variant with some seeds; what draws no random numbers with the first only."""
    lost: list[Lost] = []
    seconds = 0.0
    only: tuple[str, ...] | None = None
    with warm_sandbox(choose_level(), Limits()) as sandbox:
        for seed in seeds:
            error = sandbox.load({f"{assignment.name}.py": content}, assignment.name, assignment.forbidden)
            if error is not None:
                raise SandboxError(f"{name} can't be compiled: {error.text}")
            opened = {str(seed): partial(SandboxChannel, sandbox, Budget.of(sandbox.limits))}
            cases = run_checks(assignment, opened, NumberedSeed(seed), only)
            lost += _lost(assignment.name, name, cases)
            only = tuple(case.name for case in cases if case.seeded)
            sandbox.child_cpu()
            seconds = max(seconds, sandbox.spent)
    return _Part(name, seeds, tuple(lost), seconds, only or ())


class _BySeed(OnModule):
    """Runs tests on a variant's module itself, once for each seed."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Set this test's seed."""
        item.config.stash[SEED] = NumberedSeed(int(self.case_of[item].student))


def _run_on_module(
    assignment: Assignment, name: str, content: bytes, seeds: range, tests: Sequence[str]
) -> _Part:
    """Run some tests on one variant with some seeds, as a student does at home."""
    with tempfile.TemporaryDirectory(prefix="autograder-seeds-") as folder:
        path = Path(folder, f"{assignment.name}.py")
        path.write_bytes(content)
        cases = record(_BySeed(path, map(str, seeds), tests), assignment, USUAL_SEED)
    return _Part(name, seeds, tuple(_lost(assignment.name, name, cases)))


def _lost(topic: str, variant: str, cases: Sequence[Case]) -> Iterator[Lost]:
    """Give what was lost; each case is named after its seed."""
    for case in cases:
        if case.verdict != CheckVerdict.PASSED:
            yield Lost(topic, variant, int(case.student), case.name, case.message)
