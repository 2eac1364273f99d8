"""A class is graded to the end, whatever becomes of the workers."""

import signal
from concurrent.futures import BrokenExecutor
from multiprocessing import active_children
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment
from autograder.grading import Grade, grade_submissions
from autograder.grading.workers import local_workers
from autograder.verdicts import SubmissionVerdict


@pytest.fixture
def paths(right: str, tmp_path: Path) -> list[Path]:
    """Some students with the same right submission."""
    folders = [tmp_path / f"student-{n}" for n in range(8)]
    for folder in folders:
        folder.mkdir()
        (folder / "tiny.py").write_text(right)
    return folders


def test_workers_that_have_died_give_every_student_a_grade_that_says_so(tiny: Assignment, paths: list[Path]):
    with local_workers(1) as workers:
        with pytest.raises(BrokenExecutor):
            workers.submit(signal.raise_signal, signal.SIGKILL).result()
        grades = grade_submissions(paths, tiny, workers)
    assert [(g.student, g.verdict) for g in grades] == [
        (p.name, SubmissionVerdict.INFRASTRUCTURE) for p in paths
    ]
    assert all("grade it again" in g.feedback for g in grades)


def test_a_worker_that_dies_in_the_middle_loses_nothing_that_was_graded(tiny: Assignment, paths: list[Path]):
    others = set(active_children())

    def kill(position: int, grade: Grade) -> None:
        for process in set(active_children()) - others:
            process.kill()

    with local_workers(1) as workers:
        grades = grade_submissions(paths, tiny, workers, on_grade=kill)
    assert [g.student for g in grades] == [p.name for p in paths]
    assert (grades[0].verdict, grades[0].score) == (SubmissionVerdict.GRADED, 7)
    assert grades[-1].verdict == SubmissionVerdict.INFRASTRUCTURE
