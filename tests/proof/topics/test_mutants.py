"""A sample of each topic's mutants is killed."""

from concurrent.futures import Executor

import pytest

from autograder.course.assignment import Assignment
from autograder.proof.mutants import mutants_of
from autograder.proof.probes import Difference, load_probes
from autograder.proof.prove import try_all
from autograder.proof.sampling import sampled

pytestmark = pytest.mark.unmeasured

MUTANTS = 2


def test_a_sample_of_mutants_is_killed(topic: Assignment, workers: Executor):
    by_hand = load_probes(topic).equivalents
    mutants = sampled(mutants_of(topic.reference.read_text("utf-8")), MUTANTS)
    wrong = [
        trial
        for trial in try_all(topic, mutants, workers)
        if trial.difference != Difference.NONE and not any(e.covers(trial.mutant) for e in by_hand)
    ]
    assert len(wrong) >= MUTANTS // 2
    assert [trial.mutant.name for trial in wrong if not trial.failed] == []
