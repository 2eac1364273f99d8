"""The proof of losses in a quick form; `make prove` runs all of it."""

import shutil
from concurrent.futures import Executor
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.proof.battery import Difference, load_battery
from autograder.proof.mutants import Mutant, mutants_of
from autograder.proof.prove import sampled, try_all
from autograder.proof.trial import Trial

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def losses() -> Assignment:
    return find_assignment("losses", ROOT)


def tried(assignment: Assignment, mutants: list[Mutant], workers: Executor) -> list[Trial]:
    return try_all(assignment, mutants, workers, advance=lambda line: None)


def test_a_sample_of_mutants_is_killed(losses: Assignment, workers: Executor):
    by_hand = load_battery(losses).equivalents
    mutants = sampled(mutants_of(losses.reference.read_text("utf-8")), 30)
    wrong = [
        trial
        for trial in tried(losses, mutants, workers)
        if trial.difference != Difference.NONE and not any(e.covers(trial.mutant) for e in by_hand)
    ]
    assert len(wrong) >= 20
    assert [trial.mutant.name for trial in wrong if not trial.failed] == []


def test_a_wider_tolerance_lets_mutants_live(losses: Assignment, workers: Executor, tmp_path: Path):
    weak = Assignment("losses", tmp_path / "solutions" / "losses")
    shutil.copytree(losses.folder, weak.folder)
    wide = "import functools\n\nassert_close = functools.partial(assert_close, rtol=1e3)\nSVM = ("
    text = losses.checks.read_text("utf-8")
    assert text.count("\nSVM = (") == 1
    weak.checks.write_text(text.replace("SVM = (", wide))
    mutants = [m for m in mutants_of(weak.reference.read_text("utf-8")) if m.function == "relative_error"]

    def living(assignment: Assignment) -> set[str]:
        trials = tried(assignment, mutants, workers)
        return {t.mutant.name for t in trials if not t.failed and t.difference != Difference.NONE}

    assert living(losses) == set()
    assert len(living(weak)) >= 3
