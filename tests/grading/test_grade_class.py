"""A class is graded to the end, whatever becomes of the workers."""

import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from autograder.course.assignment import Assignment
from autograder.grading import Grade, Manifest, grade_submissions
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


class Given(Executor):
    """Answers tasks with grades that are given, and takes down how many were at work at once."""

    def __init__(self, grades: list[Grade]):
        self._grades = grades
        self.answered = 0

    def submit(self, task: Callable[..., Any], /, *_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(self._grades[self.answered])
        self.answered += 1
        return future


def test_what_was_starved_is_graded_again_when_all_others_are_done(tiny: Assignment) -> None:
    manifest = Manifest("", "", "")
    starved, right = (
        Grade(name, "tiny", SubmissionVerdict.GRADED, "", score, 7, (), manifest, run=run)
        for name, score, run in (("ada", 3, {"starved": True}), ("ada", 7, {"starved": True}))
    )
    other = replace(starved, student="bob", run={})
    told: list[tuple[int, float]] = []
    executor = Given([starved, other, right])
    found = grade_submissions(
        ["ada", "bob"],
        tiny,
        executor,
        seed=0,
        on_grade=lambda place, grade: told.append((place, grade.score)),
    )
    assert found == [right, other]
    assert told == [(1, 3), (0, 7)]
    assert [dict(grade.run) for grade in found] == [{"starved": True, "starved_at_first": True}, {}]
    assert executor.answered == 3
