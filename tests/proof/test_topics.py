"""Every topic's proof in a quick form: a seeded sample of what `make prove` tries."""

import random
from concurrent.futures import Executor
from pathlib import Path

import pytest

from autograder.bank import load_bank
from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.course.sample_class import sample_class, write_sample_class
from autograder.grading import Grade, grade_submissions
from autograder.proof.battery import Difference, load_battery
from autograder.proof.mutants import mutants_of
from autograder.proof.prove import sampled, try_all

ROOT = Path(__file__).resolve().parents[2]

MUTANTS = 8
VARIANTS = 3
#: `make prove` and the sample class grade these too; they take seconds each.
SLOW = "explicit-loops"


@pytest.fixture(params=assignment_names(ROOT), scope="module")
def topic(request: pytest.FixtureRequest) -> Assignment:
    return find_assignment(request.param, ROOT)


def graded(topic: Assignment, names: list[str], folder: Path, workers: Executor) -> list[Grade]:
    members = sample_class(topic)
    write_sample_class(folder / "class", topic.name, {name: members[name] for name in names})
    return list(grade_submissions([folder / "class" / name for name in names], topic, workers))


def test_what_is_right_keeps_full_marks(topic: Assignment, workers: Executor, tmp_path: Path):
    names = [f"correct-{v.name}" for v in load_bank(topic).correct if v.name != SLOW]
    assert len(names) >= 5
    grades = graded(topic, ["reference", *random.Random(0).sample(names, VARIANTS)], tmp_path, workers)
    assert [(g.student, c.id, c.details) for g in grades for c in g.checks if c.points < c.max_points] == []


def test_some_misconceptions_lose_points(topic: Assignment, workers: Executor, tmp_path: Path):
    names = [f"misconception-{v.name}" for v in load_bank(topic).misconceptions]
    chosen = random.Random(0).sample(names, VARIANTS)
    grades = graded(topic, chosen, tmp_path, workers)
    assert [g.student for g in grades if g.score >= g.max_score] == []


def test_a_sample_of_mutants_is_killed(topic: Assignment, workers: Executor):
    by_hand = load_battery(topic).equivalents
    mutants = sampled(mutants_of(topic.reference.read_text("utf-8")), MUTANTS)
    wrong = [
        trial
        for trial in try_all(topic, mutants, workers, advance=lambda line: None)
        if trial.difference != Difference.NONE and not any(e.covers(trial.mutant) for e in by_hand)
    ]
    assert len(wrong) >= MUTANTS // 2
    assert [trial.mutant.name for trial in wrong if not trial.failed] == []
