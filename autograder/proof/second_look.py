"""A second look, with other seeds, at checks that seemed to have no reason to be there."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor

from autograder.checkspec import CheckSpec
from autograder.course.assignment import Assignment
from autograder.proof.grade_variants import DeclaredVariant, grade_declared
from autograder.seeds import NumberedSeed

_SEEDS = (NumberedSeed(1), NumberedSeed(2), NumberedSeed(3))
#: Misconceptions tried again for each check: those that the fewest other checks caught.
_CANDIDATES = 4


def alone_elsewhere(
    assignment: Assignment,
    executor: Executor,
    misconceptions: Sequence[DeclaredVariant],
    checks: Iterable[CheckSpec],
) -> frozenset[str]:
    """Return which of some checks are alone in catching a misconception, with another grading seed.

    A course grades with a secret seed of its own, not with the usual one. A mistake that shows with some
    numbers only is then caught by one check more or less; that shall not make a check idle.

    Args:
        assignment: the topic.
        executor: any `concurrent.futures.Executor`.
        misconceptions: as graded with the usual seed.
        checks: that catch nothing alone with that seed.

    Raises:
        UserError: the machine failed, or there is no safe sandbox.
    """
    wanted = frozenset(check.id for check in checks)
    names = {name for check in wanted for name in _candidates(check, misconceptions)}
    tried = (v for seed in _SEEDS for v in grade_declared(assignment, executor, names, seed))
    failed = {variant.failed for variant in tried}
    return frozenset(check for check in wanted if {check} in failed)


def _candidates(check: str, misconceptions: Sequence[DeclaredVariant]) -> list[str]:
    caught = sorted((v for v in misconceptions if check in v.failed), key=lambda v: len(v.failed))
    return [f"misconception-{v.name}" for v in caught[:_CANDIDATES]]
