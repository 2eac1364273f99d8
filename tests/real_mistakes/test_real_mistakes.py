"""Mistakes as real students make them are caught, and named for what they are."""

import pytest

from autograder.grading.workers import local_workers
from autograder.variants import load_variants
from autograder.variants.loading import KEBAB_CASE
from tests.real_mistakes.mistake import mistakes_of
from tests.real_mistakes.outcome import Outcome, outcomes_of, share
from tests.real_mistakes.report import lines
from tests.student_code import LIGHTEST, TOPICS, lost_cases, reference, topic

NAMED, WRONG = 0.85, 0.02
#: Of each topic, `make test-long` grades so many mistakes, `make test-by-hand` all.
SAMPLE = 1


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == LIGHTEST else [pytest.mark.long]) for name in TOPICS]
)
def test_declarations_fit_the_topic(name: str):
    assignment, mistakes = topic(name), mistakes_of(name)
    bank = {variant.name for variant in load_variants(assignment).misconceptions}
    called = [m.name for m in mistakes]
    assert len(set(called)) == len(called)
    for one in mistakes:
        assert KEBAB_CASE.fullmatch(one.name)
        assert one.accepted <= bank, f"{one.name}: the bank has no {sorted(one.accepted - bank)}"
        assert one.functions(assignment), f"{one.name} replaces nothing"
        assert one.module(assignment) != reference(assignment).source
        compile(one.module(assignment), one.name, "exec")


@pytest.mark.unmeasured
def test_the_first_mistake_is_caught():
    one = mistakes_of(LIGHTEST)[0]
    assert lost_cases(one.module(topic(LIGHTEST)), topic(LIGHTEST)), one.name


@pytest.mark.long
@pytest.mark.parametrize("name", TOPICS)
def test_some_mistakes_are_caught_and_get_no_wrong_name(name: str):
    with local_workers(2) as executor:
        outcomes = outcomes_of([name], executor, only=SAMPLE)
    assert all(outcome.caught and not outcome.wrong for outcome in outcomes), "\n".join(lines(outcomes))


@pytest.mark.long
@pytest.mark.by_hand
def test_every_mistake_is_caught(outcomes: list[Outcome]):
    assert [f"{o.topic}: {o.mistake.name}" for o in outcomes if not o.caught] == []


@pytest.mark.long
@pytest.mark.by_hand
def test_most_mistakes_are_named(outcomes: list[Outcome]):
    """Counted are all of them, also those that the bank does not have."""
    assert share(o.named for o in outcomes) >= NAMED, "\n".join(lines(outcomes))


@pytest.mark.long
@pytest.mark.by_hand
def test_hardly_a_mistake_gets_a_wrong_name(outcomes: list[Outcome]):
    assert share(bool(o.wrong) for o in outcomes) <= WRONG, "\n".join(lines(outcomes))
