"""`autograder build`: make assignments/ from solutions/, or check that they agree."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from autograder.cli.telling import progress
from autograder.course.assignment import Assignment, find_assignments
from autograder.course.build import build_files, differences, write_files
from autograder.hints.make import hints_of
from autograder.home.hints import FILE as HINTS
from autograder.home.hints import kept_hints, read_hints


@click.command("build")
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with status 1 when a topic is not up to date."
)
@click.option("--no-hints", is_flag=True, help="Leave out the hints that students read at home.")
@click.option(
    "--hints-after",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show a hint only when its check has failed in N runs, each with other code; kept by later builds.",
)
def command(topics: tuple[str, ...], check: bool, no_hints: bool, hints_after: int | None) -> None:
    """Make assignments/TOPIC/ from solutions/TOPIC/: skeleton, public checks, notebook, README and hints.

    Without TOPIC, every topic of the course. Hints are made anew where the topic has changed: known mistakes
    are run on the public checks, which takes some minutes for a large topic.
    """
    assignments = find_assignments(topics)
    # Everything is made before anything is written.
    built = {assignment.released: build_files(assignment) for assignment in assignments}
    if check:
        _check(built, assignments)
        return
    for assignment, (folder, files) in zip(assignments, built.items(), strict=True):
        hints = {} if no_hints else {HINTS: _hints(assignment, hints_after)}
        write_files(folder, files | hints)
        click.echo(f"built assignments/{folder.name}: {', '.join(files | hints)}")


def _hints(assignment: Assignment, after: int | None) -> str:
    """Return the text of a topic's hints: those that are there, as long as the topic is the same."""
    kept = read_hints(assignment.released)
    found = kept
    if found is None or found.course != assignment.digest:
        found = hints_of(assignment, progress)
    return replace(found, after=after or (kept.after if kept else 1)).to_json()


def _check(built: dict[Path, dict[str, str]], assignments: Sequence[Assignment]) -> None:
    for assignment in assignments:
        built[assignment.released] |= kept_hints(assignment.released, assignment.digest)
    stale = {folder: found for folder, files in built.items() if (found := differences(folder, files))}
    for folder, found in stale.items():
        click.echo("".join(found))
        click.echo(f"assignments/{folder.name} is not what solutions/{folder.name} makes.", err=True)
    if stale:
        names = " ".join(folder.name for folder in stale)
        click.echo(f"To mend it: autograder build {names}", err=True)
        raise SystemExit(1)
    click.echo(f"up to date: {', '.join(folder.name for folder in built) or 'no topics'}")
