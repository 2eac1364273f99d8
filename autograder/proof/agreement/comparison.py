"""Running the checks twice on everything known: on the module, as at home, and through the proxy."""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Case, record
from autograder.proof.agreement.limited import Limited, little_room
from autograder.proof.agreement.slips import Slip, slips_of
from autograder.proof.grade_variants import USUAL_SEED
from autograder.proof.on_module import OnModule
from autograder.proof.run_tasks import run_tasks
from autograder.proof.sampling import sampled
from autograder.proxy.channel import DirectChannel
from autograder.reports.progress import progress_bar
from autograder.verdicts import CheckVerdict


@dataclass(frozen=True)
class Disagreement:
    """A check whose verdict at home is not that when graded.

    Attributes:
        topic: name of the assignment.
        variant: what it was run on.
        check: its id.
        test: its first case that differs.
        at_home: the verdict on the module itself.
        graded: the verdict through the proxy.
        message: what the one of them that failed says.
    """

    topic: str
    variant: str
    check: str
    test: str
    at_home: CheckVerdict
    graded: CheckVerdict
    message: str

    def __str__(self) -> str:
        verdicts = f"{self.test} is {self.at_home} at home, {self.graded} when graded"
        return f"{self.topic}: {self.variant}: {verdicts}: {self.message}"


@dataclass(frozen=True)
class Compared:
    """What a comparison of a topic found.

    Attributes:
        slips: on how many variants the checks were run.
        cases: how many cases ended both at home and when graded.
        found: where the two differ.
    """

    slips: int
    cases: int
    found: tuple[Disagreement, ...]


class _AtHome(Limited, OnModule):
    """Runs tests on the module, within limits."""


def compare(assignment: Assignment, executor: Executor, sample: int | None = None) -> Compared:
    """Run the checks of a topic on its variants and on further slips, at home and through the proxy.

    A case that runs out of time is left out, and so are those after it: only its end is in doubt.

    Args:
        assignment: the topic.
        executor: any `concurrent.futures.Executor` whose tasks run in the main thread of a process.
        sample: how many of all of these to try, a seeded choice; None for all.

    Raises:
        UserError: the topic can't be graded, or the machine failed.
    """
    slips = sampled(slips_of(assignment), sample)
    tasks = [partial(_compared, assignment, slip) for slip in slips]
    cases, found = 0, list[Disagreement]()
    with progress_bar(len(slips), f"home and grader, {assignment.name}") as advance:
        for one in run_tasks(executor, tasks):
            cases += one.cases
            found += one.found
            advance(one.name)
    return Compared(len(slips), cases, tuple(found))


@dataclass(frozen=True)
class _One:
    name: str
    cases: int
    found: tuple[Disagreement, ...]


def _compared(assignment: Assignment, slip: Slip) -> _One:
    with little_room(), tempfile.TemporaryDirectory(prefix="autograder-home-") as folder:
        path = Path(folder, f"{assignment.name}.py")
        path.write_text(slip.source, encoding="utf-8")
        at_home = record(_AtHome(path, [""], slip.tests), assignment, USUAL_SEED)
        ended = frozenset(case.name for case in at_home)
        opened = partial(DirectChannel, slip.source, assignment.name)
        graded = {c.name: c for c in record(Limited({"": opened}, ended), assignment, USUAL_SEED)}
    pairs = [(home, graded[home.name]) for home in at_home if home.name in graded]
    return _One(slip.name, len(pairs), tuple(_differing(assignment.name, slip.name, pairs)))


def _differing(topic: str, variant: str, pairs: Sequence[tuple[Case, Case]]) -> Iterator[Disagreement]:
    """Give for each check its first case with two verdicts."""
    told = set[str]()
    for home, graded in pairs:
        if home.verdict != graded.verdict and home.spec.id not in told:
            told.add(home.spec.id)
            yield Disagreement(
                topic,
                variant,
                home.spec.id,
                home.name,
                home.verdict,
                graded.verdict,
                home.message or graded.message,
            )
