"""`autograder prove`: test the checks themselves."""

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from autograder.course.assignment import Assignment, find_assignments, find_course
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.grading.workers import local_workers, stop_workers
from autograder.proof import TopicProof, prove
from autograder.proof.agreement import compare
from autograder.proof.matrix import matrix_of
from autograder.proof.matrix_page import write_page
from autograder.proof.matrix_plot import plot_matrix
from autograder.proof.readme_table import updated
from autograder.proof.report import checks_table, report_lines
from autograder.proof.seeds import Lost, lost_by_seed


@click.command("prove")
@click.argument("topics", metavar="[TOPIC...]", nargs=-1)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the result there.")
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count, help="Sandboxes at a time.")
@click.option("--mutants", type=click.IntRange(min=1), help="Try a sample of so many mutants; else all.")
@click.option("--matrix", type=click.Path(path_type=Path), help="Folder for the matrix, as PNG and HTML.")
@click.option("--table", is_flag=True, help="Write the result into the table of solutions/README.md.")
@click.option("--seeds", type=click.IntRange(min=1), help="Instead, grade what is right with so many seeds.")
@click.option(
    "--agree", is_flag=True, help="Instead, hold the verdicts at home and when graded side by side."
)
def command(
    topics: Sequence[str],
    json_file: Path | None,
    jobs: int,
    mutants: int | None,
    matrix: Path | None,
    table: bool,
    seeds: int | None,
    agree: bool,
) -> None:
    """Test the checks of TOPICs (default: all): what is right keeps full marks, what is wrong is caught.

    The exit status is 1 when a correct variant loses a point, a misconception passes, too many mutants
    survive, or a check catches nothing that others don't. With --agree it is 1 when a check has another
    verdict on the module, as at home, than through the proxy, as when graded; --mutants then says how many of
    all variants to take.
    """
    assignments = find_assignments(topics)
    if table and mutants is not None:
        raise UserError("--table is for the whole proof; leave out --mutants")
    if json_file is not None and not json_file.parent.is_dir():
        raise UserError(f"there is no folder {json_file.parent} to write {json_file.name} to")
    if seeds is not None:
        _prove_seeds(assignments, jobs, seeds)
        return
    if agree:
        _prove_agreement(assignments, jobs, mutants)
        return
    proofs = [_prove(assignment, jobs, mutants) for assignment in assignments]
    for proof in proofs:
        _print(proof)
    if json_file is not None:
        write_atomically(json_file, json.dumps({p.topic: p.to_json() for p in proofs}, indent=2) + "\n")
    if matrix is not None:
        _draw(proofs, matrix)
    if table:
        readme = find_course() / "solutions" / "README.md"
        write_atomically(readme, updated(readme.read_text(encoding="utf-8"), proofs))
    if any(proof.problems for proof in proofs):
        raise click.exceptions.Exit(1)


def _prove(assignment: Assignment, jobs: int, mutants: int | None) -> TopicProof:
    with _workers(jobs) as executor:
        return prove(assignment, executor, mutants)


def _prove_seeds(assignments: Sequence[Assignment], jobs: int, seeds: int) -> None:
    lost: list[Lost] = []
    for assignment in assignments:
        with _workers(jobs) as executor:
            lost += lost_by_seed(assignment, executor, seeds)
    for one in lost:
        click.echo(f"{one.topic}: {one.variant} fails {one.test} with seed {one.seed}: {one.message}")
    if lost:
        raise click.exceptions.Exit(1)
    click.echo(f"not one point lost with {seeds} seeds")


def _prove_agreement(assignments: Sequence[Assignment], jobs: int, sample: int | None) -> None:
    differing = 0
    for assignment in assignments:
        with _workers(jobs) as executor:
            compared = compare(assignment, executor, sample)
        for one in compared.found:
            click.echo(one)
        differing += len(compared.found)
        click.echo(f"{assignment.name}: {compared.cases} cases of {compared.slips} variants were compared")
    click.echo(f"{differing} checks have another verdict at home than when graded")
    if differing:
        raise click.exceptions.Exit(1)


@contextmanager
def _workers(jobs: int) -> Iterator[Executor]:
    """Start local workers, which stop if the user interrupts."""
    with local_workers(jobs) as executor:
        try:
            yield executor
        except KeyboardInterrupt:
            stop_workers()
            raise UserError("stopped") from None


def _print(proof: TopicProof) -> None:
    Console().print(checks_table(proof))
    for line in report_lines(proof):
        click.echo(line)


def _draw(proofs: Sequence[TopicProof], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for proof in proofs:
        rows = matrix_of(proof)
        plot_matrix(proof, rows, folder / f"matrix-{proof.topic}.png")
        write_page(proof, rows, folder / f"matrix-{proof.topic}.html")
    click.echo(f"the matrix is in {folder}")
