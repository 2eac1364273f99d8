"""`autograder grade`: submissions in, a folder of grades out."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from threading import Thread

import click
from rich.console import Console

from autograder.cli.stopping import stoppable
from autograder.cli.taken import with_taken
from autograder.cli.telling import say, told
from autograder.course.assignment import Assignment, find_assignment
from autograder.course.read_checks import read_checks
from autograder.course.references import compared_with
from autograder.course.secret import grading_seed, read_secret
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.grading import Grade, grade_submissions
from autograder.grading.grade_one import manifest_of
from autograder.grading.store import Store, UnwritableError
from autograder.grading.workers import local_workers
from autograder.platforms.reader import Reader
from autograder.platforms.registry import reader, reader_kinds, recognized
from autograder.platforms.roster import read_roster, with_roster
from autograder.printable import printable
from autograder.reports.csv_file import GRADES_CSV, grades_csv
from autograder.reports.drawing import drawing_process
from autograder.reports.progress import progress_bar
from autograder.reports.table import counted, grades_table
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.levels.level import Level
from autograder.seeds import GradingSeed
from autograder.submissions import HandIn
from autograder.verdicts import SubmissionVerdict

_ABSENT = SubmissionVerdict.ABSENT
#: How many students a line names; more are only counted.
_MANY = 20


@click.command("grade")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "kind",
    type=click.Choice(reader_kinds()),
    help="Where the submissions come from; a plain folder or zip by default.",
)
@click.option("--assignment", required=True, help="The topic to grade.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the grades.")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="CSV file of the class with the columns id, name, email: who handed in nothing gets a row.",
)
@click.option(
    "--take",
    "takes",
    metavar="STUDENT=FILE",
    multiple=True,
    help="The file of that student's that counts, where several can; remembered in OUT/taken.csv.",
)
@click.option("--strict-names", is_flag=True, help="Grade the module under its right name only.")
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count, help="Submissions at a time.")
@click.option(
    "--secret", type=click.Path(path_type=Path), help="File with the grading secret; by default the course's."
)
@click.option("--seed", type=click.IntRange(min=0), help="For tests: a number in the place of the secret.")
@click.option("--force", is_flag=True, help="Grade again what is graded already.")
@click.option("--allow-unsandboxed", is_flag=True, help="Grade even where no safe sandbox works.")
@stoppable()
@told()
def command(
    submissions: Path,
    kind: str | None,
    assignment: str,
    out: Path | None,
    roster: Path | None,
    takes: tuple[str, ...],
    strict_names: bool,
    jobs: int,
    secret: Path | None,
    seed: int | None,
    force: bool,
    allow_unsandboxed: bool,
) -> None:
    """Grade SUBMISSIONS: a folder or zip of one folder, archive or file per student, or a download."""
    topic = find_assignment(assignment)
    source = _reader(kind, submissions, topic.name)
    _refuse_course_of_students(topic.course, submissions / source.students)
    out = out or _usual_out(source, submissions, topic.name)
    collection = source.collect(submissions, topic.name)
    if roster is not None:
        collection = with_roster(collection, read_roster(roster))
    grading = grading_seed(topic.course, _given_seed(secret, seed))
    level = choose_level(allow_unsandboxed)
    read_checks(topic.checks)
    compared_with(topic)
    with Store(out) as store, drawing_process() as draw:
        hand_ins = with_taken(collection.hand_ins, out, takes)
        strict = [replace(hand_in, strict_names=strict_names) for hand_in in hand_ins]
        run = _Run(topic, strict, jobs, grading, level)
        with _imported_meanwhile(source.publisher):
            grades = run.grade(store, force)
        pairs = [(h, g) for h, g in zip(run.hand_ins, grades, strict=True) if g.verdict != _ABSENT]
        draw([grade for _, grade in pairs], out / "scores.png")
        _report(store, run.hand_ins, grades, f"{counted(grades)}, in sandbox {level.name}")
        for note in collection.notes:
            say(note)
        if source.publish:
            click.echo(printable(source.publish(submissions, topic.name, pairs)))
        for line in [*run.unwritten.values(), *_earlier(store.others(topic.name, run.students))]:
            say(line)
    if run.unwritten or any(g.verdict == SubmissionVerdict.INFRASTRUCTURE for g in grades):
        raise click.exceptions.Exit(1)


def _reader(kind: str | None, submissions: Path, topic: str) -> Reader:
    """Return the reader that the command line names; if it names none, that of a plain folder or zip."""
    if kind is None and submissions.exists() and (platform := recognized(submissions, topic)):
        raise UserError(
            f"{submissions} looks as if it came from {platform}; add --from {platform}, "
            "or --from folder if it is only a folder"
        )
    return reader(kind or "folder")


def _refuse_course_of_students(course: Path, handed_in: Path) -> None:
    """Take no course from what students handed in: its checks would run outside any sandbox.

    Raises:
        UserError: the course lies there.
    """
    if course.resolve().is_relative_to(handed_in.resolve()):
        raise UserError(
            f"the folder solutions/ in {course} lies among the submissions, so it may be a student's; run "
            "this in the folder of your own course"
        )


def _given_seed(secret: Path | None, number: int | None) -> GradingSeed | int | None:
    """Return the seed that the command line names; None for the course's secret."""
    if secret is None:
        return number
    if number is not None:
        raise click.UsageError("--secret and --seed exclude each other.")
    return read_secret(secret)


def _earlier(students: Sequence[str]) -> list[str]:
    """Return a line on those whose work is there no more, if there are any."""
    named = [*students[:_MANY], *([f"{len(students) - _MANY} more"] if len(students) > _MANY else [])]
    said = "graded in an earlier run, and no longer among the submissions; an export writes their grades, too"
    return [f"{said}, unless you remove their folders: {', '.join(named)}"] if students else []


@contextmanager
def _imported_meanwhile(module: str | None) -> Iterator[None]:
    """Import a module in a thread while the workers grade: this process would only wait.

    The `with` block ends only after the import, so nobody meets a half-imported module; an exception waits
    for nothing. An import that fails is reported later, where the module is used.
    """
    thread = Thread(target=_try_to_import, args=(module,), daemon=True)
    thread.start()
    yield
    thread.join()


def _try_to_import(module: str | None) -> None:
    with suppress(Exception):
        if module is not None:
            import_module(module)


def _usual_out(source: Reader, submissions: Path, topic: str) -> Path:
    if source.out is None:
        raise click.UsageError("Missing option '--out'.")
    return source.out(submissions, topic)


@dataclass(frozen=True)
class _Run:
    """One run over a class.

    Attributes:
        unwritten: by student, why the files of the grade could not be written.
    """

    assignment: Assignment
    hand_ins: Sequence[HandIn]
    jobs: int
    seed: GradingSeed
    level: Level
    unwritten: dict[str, str] = field(default_factory=dict)

    def grade(self, store: Store, force: bool) -> list[Grade]:
        """Grade what is not graded yet. Where the machine failed, try once more, one submission at a time."""
        grades: dict[str, Grade] = {} if force else self._known(store)
        if grades:
            click.echo(
                f"{len(grades)} of {len(self.hand_ins)} are graded already; --force grades them again",
                err=True,
            )
        todo = [h for h in self.hand_ins if h.student not in grades]
        grades |= self._pass(store, todo, self.jobs)
        failed = [h for h in todo if grades[h.student].verdict == SubmissionVerdict.INFRASTRUCTURE]
        for hand_in in failed:
            grades |= self._pass(store, [hand_in], 1)
        for hand_in in self.hand_ins:
            with self._writing(hand_in.student):
                store.describe(hand_in)
        store.forget_absent(self.students)
        return [grades[h.student] for h in self.hand_ins]

    @property
    def students(self) -> set[str]:
        """The class."""
        return {hand_in.student for hand_in in self.hand_ins}

    @contextmanager
    def _writing(self, student: str) -> Iterator[None]:
        """Go on with the others where one student's files can't be written."""
        try:
            yield
        except UnwritableError as error:
            self.unwritten[student] = str(error)

    def _known(self, store: Store) -> dict[str, Grade]:
        """Return the grades that are there already; only submissions that have one are read for that."""
        found = {
            h.student: store.find(h.student, self.assignment.name, manifest_of(h, self.assignment, self.seed))
            for h in self.hand_ins
            if store.holds(h.student)
        }
        return {student: grade for student, grade in found.items() if grade is not None}

    def _pass(self, store: Store, hand_ins: Sequence[HandIn], jobs: int) -> dict[str, Grade]:
        """Grade each submission once, and give its grade to all who handed it in together."""
        alike: dict[tuple[Callable[..., object], str], list[HandIn]] = {}
        for hand_in in hand_ins:
            alike.setdefault((hand_in.load, hand_in.take), []).append(hand_in)
        groups = list(alike.values())
        grades: dict[str, Grade] = {}
        if not groups:
            return grades
        with (
            local_workers(min(jobs, len(groups))) as executor,
            progress_bar(len(hand_ins), f"grading {self.assignment.name}") as advance,
        ):

            def keep(position: int, common: Grade) -> None:
                for member in groups[position]:
                    grade = grades[member.student] = replace(common, student=member.student)
                    with self._writing(grade.student):
                        store.write(grade)
                    advance(f"{grade.student} {grade.score:g}/{grade.max_score:g} {grade.verdict}")

            firsts = [group[0] for group in groups]
            grade_submissions(
                firsts, self.assignment, executor, seed=self.seed, level=self.level, on_grade=keep
            )
        return grades


def _report(store: Store, hand_ins: Sequence[HandIn], grades: Sequence[Grade], line: str) -> None:
    late = {h.student: h.late for h in hand_ins if h.late is not None}
    write_atomically(store.folder / GRADES_CSV, grades_csv(grades, late))
    console = Console()
    console.print(grades_table(grades))
    for grade in grades:
        if grade.taken:
            console.print(printable(f"{grade.student}: {grade.taken}"), highlight=False, markup=False)
    if any(grade.verdict == SubmissionVerdict.UNREADABLE for grade in grades):
        console.print("where another file counts, say so with --take STUDENT=FILE", highlight=False)
    console.print(f"{line}; see {store.folder}/grades.csv and scores.png", highlight=False)
