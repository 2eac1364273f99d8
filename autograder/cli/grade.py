"""`autograder grade`: a folder of submissions in, a folder of grades out."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

import click
from rich.console import Console

from autograder.course.assignment import Assignment, find_assignment
from autograder.errors import UserError
from autograder.grading import Grade, Manifest, grade_submissions
from autograder.grading.grader import INFRASTRUCTURE, checks_of, manifest_of
from autograder.grading.store import Store, write_whole
from autograder.grading.workers import local_workers, stop_workers
from autograder.reports.csv_file import grades_csv
from autograder.reports.progress import progress_bar
from autograder.reports.scores_plot import plot_scores
from autograder.reports.table import grades_table
from autograder.sandbox.choice import choose_level
from autograder.submissions import find_submissions
from autograder.submissions.find import student_name

__all__ = ["command"]


@click.command("grade")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--assignment", required=True, help="The topic to grade.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the grades.")
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count, help="Submissions at a time.")
@click.option("--seed", type=click.IntRange(min=0), help="Grading seed; by default the hidden checks decide.")
@click.option("--force", is_flag=True, help="Grade again what is graded already.")
@click.option("--allow-unsandboxed", is_flag=True, help="Grade even where no safe sandbox works.")
def command(
    submissions: Path,
    assignment: str,
    out: Path,
    jobs: int,
    seed: int | None,
    force: bool,
    allow_unsandboxed: bool,
) -> None:
    """Grade SUBMISSIONS, a folder with one folder or zip per student."""
    topic = find_assignment(assignment)
    paths = find_submissions(submissions, topic.name)
    level = choose_level(allow_unsandboxed)
    checks_of(topic)
    run = _Run(topic, paths, jobs, seed, allow_unsandboxed)
    with Store(out) as store:
        grades = run.grade(store, force)
        _report(store, grades, f"{len(grades)} graded in sandbox {level.name}")
    if any(g.verdict == INFRASTRUCTURE for g in grades):
        raise click.exceptions.Exit(1)


class _Run:
    """One run over a class."""

    def __init__(
        self,
        assignment: Assignment,
        paths: Sequence[Path],
        jobs: int,
        seed: int | None,
        allow_unsandboxed: bool,
    ):
        self.assignment = assignment
        self.paths = paths
        self.jobs = jobs
        self.seed = seed
        self.allow_unsandboxed = allow_unsandboxed

    def grade(self, store: Store, force: bool) -> list[Grade]:
        """Grade what is not graded yet; what the machine failed at is tried once more, one at a time."""
        grades: dict[Path, Grade] = {} if force else self._known(store)
        if grades:
            click.echo(
                f"{len(grades)} of {len(self.paths)} are graded already; --force grades them again", err=True
            )
        todo = [p for p in self.paths if p not in grades]
        try:
            grades |= self._pass(store, todo, self.jobs)
            failed = [p for p in todo if grades[p].verdict == INFRASTRUCTURE]
            for path in failed:
                grades |= self._pass(store, [path], 1)
        except KeyboardInterrupt:
            stop_workers()
            raise UserError(
                "stopped; what was graded is kept, and the same command goes on from there"
            ) from None
        return [grades[p] for p in self.paths]

    def _known(self, store: Store) -> dict[Path, Grade]:
        found = {
            path: store.find(student_name(path), self.assignment.name, self._manifest(path))
            for path in self.paths
        }
        return {path: grade for path, grade in found.items() if grade is not None}

    def _manifest(self, path: Path) -> Manifest:
        return manifest_of(path, self.assignment, self.seed)

    def _pass(self, store: Store, paths: Sequence[Path], jobs: int) -> dict[Path, Grade]:
        if not paths:
            return {}
        with (
            local_workers(min(jobs, len(paths))) as executor,
            progress_bar(len(paths), f"grading {self.assignment.name}") as advance,
        ):
            return dict(zip(paths, self._grade_all(store, paths, executor, advance), strict=True))

    def _grade_all(
        self, store: Store, paths: Sequence[Path], executor: Executor, advance: Callable[[str], None]
    ) -> list[Grade]:
        def keep(_: int, grade: Grade) -> None:
            store.write(grade)
            advance(f"{grade.student} {grade.score:g}/{grade.max_score:g} {grade.verdict}")

        return grade_submissions(
            paths,
            self.assignment,
            executor,
            seed=self.seed,
            allow_unsandboxed=self.allow_unsandboxed,
            on_grade=keep,
        )


def _report(store: Store, grades: Sequence[Grade], line: str) -> None:
    write_whole(store.folder / "grades.csv", grades_csv(grades))
    plot_scores(grades, store.folder / "scores.png")
    console = Console()
    console.print(grades_table(grades))
    console.print(f"{line}; see {store.folder}/grades.csv and scores.png", highlight=False)
