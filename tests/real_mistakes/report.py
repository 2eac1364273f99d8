"""Prints what the grader makes of the mistakes: caught, named, wrongly named.

`python -m tests.real_mistakes.report [TOPIC...]`
"""

import os
import sys
from collections.abc import Iterator, Sequence

from autograder.grading.workers import local_workers
from tests.real_mistakes.outcome import Outcome, outcomes_of
from tests.student_code import TOPICS

__all__ = ["main"]


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line per topic and one for all; below each topic, what is not as it should be."""
    for name in dict.fromkeys(o.topic for o in outcomes):
        of_topic = [o for o in outcomes if o.topic == name]
        yield _counts(name, of_topic)
        yield from (f"  {line}" for o in of_topic for line in _amiss(o))
    yield _counts("all", outcomes)


def _counts(what: str, outcomes: Sequence[Outcome]) -> str:
    caught, named, wrong = (
        sum(bool(getattr(o, kind)) for o in outcomes) for kind in ("caught", "named", "wrong")
    )
    return f"{what}: {len(outcomes)} mistakes, {caught} caught, {named} named, {wrong} wrongly named"


def _amiss(outcome: Outcome) -> Iterator[str]:
    name = outcome.mistake.name
    if not outcome.caught:
        yield f"{name}: not caught ({outcome.grade.verdict}, {outcome.grade.score})"
    elif not outcome.named:
        meant = " and ".join("/".join(sorted(group)) or "nothing" for group in outcome.mistake.names)
        yield f"{name}: not named (the bank has {meant}); fails {', '.join(outcome.failed)}"
    for check, given in outcome.wrong.items():
        yield f"{name}: wrongly named {given} by {check}"


def main(names: Sequence[str]) -> None:
    """Grade and print."""
    with local_workers(os.cpu_count() or 1) as executor:
        for line in lines(outcomes_of(names or TOPICS, executor)):
            print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
