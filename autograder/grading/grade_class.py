"""Grading many submissions, by any executor."""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed, wait
from functools import partial
from pathlib import Path

from autograder.course.assignment import Assignment, find_assignment
from autograder.course.secret import grading_seed
from autograder.errors import UserError
from autograder.grading.result import Grade
from autograder.grading.supervised import grade_once, second_run, was_starved
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.seeds import GradingSeed
from autograder.submissions import HandIn


def grade_submissions(
    handed_in: Sequence[Path | str | HandIn],
    assignment: Assignment | str,
    executor: Executor,
    *,
    seed: GradingSeed | int | None = None,
    allow_unsandboxed: bool = False,
    limits: Limits | None = None,
    level: Level | None = None,
    on_grade: Callable[[int, Grade], None] | None = None,
) -> list[Grade]:
    """Grade submissions, each a task of its own that supervises its own sandbox.

    Args:
        handed_in: students' folders or zips, or what a reader found in a download.
        assignment: the topic, or its name in the course of the working directory.
        executor: any `concurrent.futures.Executor`: threads, processes, a Dask cluster's.
        seed: the grading seed, or its number; by default the course's secret.
        allow_unsandboxed: whether machines that offer no safe level may grade all the same.
        limits: what each submission may use.
        level: the sandbox to use; by default the best that each machine offers.
        on_grade: called with the position in `handed_in` and the grade as soon as it is there.

    Returns:
        The grades, in the order of `handed_in`. A worker that dies gives the verdict infrastructure. Where a
        call was stopped that had waited for a processor longer than it ran, the submission is graded again
        when all others are done, and that grade counts, with a note of it in its `run`.

    Raises:
        UserError: as `grade_submission` does.
        KeyboardInterrupt: after `on_grade` was called with each grade that was finished by then.
    """
    if isinstance(assignment, str):
        assignment = find_assignment(assignment)
    seed = grading_seed(assignment.course, seed)
    task = partial(
        grade_once,
        assignment=assignment,
        seed=seed,
        allow_unsandboxed=allow_unsandboxed,
        limits=limits,
        level=level,
    )
    positions = {_submitted(executor, partial(task, one)): i for i, one in enumerate(handed_in)}
    grades: dict[int, Grade] = {}
    starved: list[int] = []

    def take(future: Future[Grade], alone: bool = False) -> None:
        position = positions[future]
        grade = _result(future, handed_in[position], assignment, seed)
        if alone:
            grade = second_run(grade)
        elif was_starved(grade):
            starved.append(position)
            return
        if on_grade is not None:
            on_grade(position, grade)
        grades[position] = grade

    try:
        for future in as_completed(positions):
            take(future)
        for position in starved:
            future = _submitted(executor, partial(task, handed_in[position]))
            positions[future] = position
            wait([future])
            take(future, alone=True)
    except KeyboardInterrupt:
        for future, position in list(positions.items()):
            if position not in grades and _is_finished(future):
                take(future)
        raise  # nothing is cancelled: a pool whose workers are killed next would stumble over that
    except BaseException:
        for future in positions:  # what has not begun need not
            future.cancel()
        raise
    return [grades[i] for i in range(len(handed_in))]


def _is_finished(future: Future[Grade]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _submitted(executor: Executor, task: Callable[[], Grade]) -> Future[Grade]:
    """Submit a task; where a worker has died before, its error is the result of this task too."""
    try:
        return executor.submit(task)
    except BrokenExecutor as error:
        lost: Future[Grade] = Future()
        lost.set_exception(error)
        return lost


def _result(
    future: Future[Grade], handed_in: Path | str | HandIn, assignment: Assignment, seed: GradingSeed
) -> Grade:
    try:
        return future.result()
    except UserError:
        raise
    except Exception as error:
        from autograder.grading.grade_one import grade_lost  # with all that a helper needs, and no task else

        return grade_lost(handed_in, assignment, error, seed)
