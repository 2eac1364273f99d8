"""Compare gradient checks: which bugs each misses, which right code each rejects.

Run from the repository's root: `python -m tests.benchmarks.gradients [--quick]`. Fails when ours misses a
bug, rejects right code, or names fewer than 9 in 10 causes.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

import numpy as np

from autograder.gradients import check_gradient
from tests.benchmarks.gradients.operation import Backward, Bug, Operation
from tests.benchmarks.gradients.operations import OPERATIONS
from tests.benchmarks.gradients.problem import KINDS, Problem, pose
from tests.benchmarks.gradients.recipes import PUBLISHED, Recipe, ours, verdict

# A bug counts as caught when at least this share of seeds shows it; ANCHORS.md judges the published recipes
# so.
CAUGHT_PUBLISHED, CAUGHT_OURS = 0.95, 0.99


def generator(*words: object) -> np.random.Generator:
    """Random numbers that depend on the words only."""
    return np.random.default_rng(crc32(repr(words).encode()))


def bugs() -> Iterator[tuple[Operation, Bug]]:
    return ((operation, bug) for operation in OPERATIONS for bug in operation.bugs)


def right_gradients() -> Iterator[tuple[Operation, str, Backward]]:
    for operation in OPERATIONS:
        for of, backward in operation.right.items():
            for each in (backward, *operation.also_right.get(of, ())):
                yield operation, of, each


def buggy(operation: Operation, bug: Bug, seed: int, kind: str = "generic") -> Problem:
    rng = generator(operation.name, bug.of, bug.what, seed, kind)
    return pose(operation, bug.of, bug.backward, kind, rng)


def missed(recipe: Recipe, seeds: int, needed: float, kind: str = "generic") -> list[str]:
    """Names of the bugs that a recipe catches too seldom."""
    names = []
    for operation, bug in bugs():
        rng = generator(recipe.__name__, operation.name, bug.what)
        passes = sum(verdict(recipe, buggy(operation, bug, seed, kind), rng) for seed in range(seeds))
        if passes > (1 - needed) * seeds:
            names.append(f"{operation.name} {bug.of}: {bug.what} (passed {passes} of {seeds})")
    return names


def false_alarms(recipe: Recipe, kind: str, seeds: int) -> tuple[int, int, Counter[str]]:
    """How many right gradients of a kind a recipe rejects, of how many, and which."""
    count, which = 0, Counter[str]()
    for operation, of, backward in right_gradients():
        for seed in range(seeds):
            rng = generator(operation.name, of, kind, seed)
            count += 1
            if not verdict(recipe, pose(operation, of, backward, kind, rng), rng):
                which[f"{operation.name} {of}"] += 1
    return which.total(), count, which


def misnamed(seeds: int) -> tuple[list[str], int]:
    """Bugs whose cause is named wrongly in most seeds, and the number of bugs that have a named cause."""
    wrong, count = [], 0
    for operation, bug in bugs():
        if bug.cause == "other":
            continue
        count += 1
        causes = Counter(cause(buggy(operation, bug, seed)) for seed in range(seeds))
        if causes[bug.cause] <= seeds / 2:
            wrong.append(
                f"{operation.name} {bug.of}: {bug.what}: {bug.cause}, named {causes.most_common(1)[0][0]}"
            )
    return wrong, count


def cause(problem: Problem) -> str | None:
    return check_gradient(problem.f, problem.x, problem.backward).cause


def row(recipe: Recipe, seeds: int, needed: float) -> bool:
    """Print one line of the table; tell whether it is without a flaw."""
    misses = missed(recipe, max(2, seeds // 2), needed)
    alarms = [false_alarms(recipe, kind, seeds) for kind in KINDS]
    shares = " | ".join(f"{100 * wrong / count:.1f}%" for wrong, count, _ in alarms)
    print(f"| {(recipe.__doc__ or '').splitlines()[0].rstrip('.')} | {len(misses)} | {shares} |", flush=True)
    if recipe is ours:
        print(f"\nRight gradients checked by ours: {sum(count for _, count, _ in alarms)}")
        for complaint in misses + [f"rejected: {which}" for wrong, _, which in alarms if wrong]:
            print(f"  {complaint}")
    return not misses and not any(wrong for wrong, _, _ in alarms)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ours only, and few seeds")
    quick = parser.parse_args().quick
    total = sum(1 for _ in bugs())
    print(f"{len(OPERATIONS)} operations, {total} planted bugs\n")
    print("| recipe | bugs missed | " + " | ".join(f"false alarms: {kind}" for kind in KINDS) + " |")
    print("|---" * (2 + len(KINDS)) + "|")
    for recipe in () if quick else PUBLISHED:
        row(recipe, 20, CAUGHT_PUBLISHED)
    flawless = row(ours, 1 if quick else 40, CAUGHT_OURS)
    wrong, count = misnamed(1 if quick else 10)
    print(f"\nCauses named rightly by ours: {count - len(wrong)} of {count}")
    for complaint in wrong:
        print(f"  {complaint}")
    return 0 if flawless and len(wrong) <= count / 10 else 1


if __name__ == "__main__":
    sys.exit(main())
