"""A check of losses that is made weaker lets mutants live; test_prove.py holds the same of a small topic."""

import shutil
from concurrent.futures import Executor
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.proof.mutants import mutants_of
from autograder.proof.probes import Difference
from autograder.proof.prove import try_all

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def losses() -> Assignment:
    return find_assignment("losses", ROOT)


def test_a_wider_tolerance_lets_mutants_live(losses: Assignment, workers: Executor, tmp_path: Path):
    weak = Assignment("losses", tmp_path / "solutions" / "losses")
    shutil.copytree(losses.folder, weak.folder)
    wide = "import functools\n\nassert_close = functools.partial(assert_close, rtol=1e3)\nSVM = ("
    text = losses.checks.read_text("utf-8")
    assert text.count("\nSVM = (") == 1
    weak.checks.write_text(text.replace("SVM = (", wide))
    mutants = [m for m in mutants_of(weak.reference.read_text("utf-8")) if m.function == "relative_error"]

    def living(assignment: Assignment) -> set[str]:
        trials = try_all(assignment, mutants, workers)
        return {t.mutant.name for t in trials if not t.failed and t.difference != Difference.NONE}

    assert living(losses) == set()
    assert len(living(weak)) >= 3
