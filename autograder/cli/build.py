"""`autograder build`: make assignments/ from solutions/, or check that they agree."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignments
from autograder.course.build import build_files, differences, write_files


@click.command("build")
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with status 1 when a topic is not up to date."
)
def command(topics: tuple[str, ...], check: bool) -> None:
    """Make assignments/TOPIC/ from solutions/TOPIC/: skeleton, public checks, notebook and README.

    Without TOPIC, every topic of the course.
    """
    assignments = find_assignments(topics)
    # Everything is made before anything is written.
    built = {assignment.released: build_files(assignment) for assignment in assignments}
    if check:
        _check(built)
        return
    for folder, files in built.items():
        write_files(folder, files)
        click.echo(f"built assignments/{folder.name}: {', '.join(files)}")


def _check(built: dict[Path, dict[str, str]]) -> None:
    stale = {folder: found for folder, files in built.items() if (found := differences(folder, files))}
    for folder, found in stale.items():
        click.echo("".join(found))
        click.echo(f"assignments/{folder.name} is not what solutions/{folder.name} makes.", err=True)
    if stale:
        names = " ".join(folder.name for folder in stale)
        click.echo(f"To mend it: autograder build {names}", err=True)
        raise SystemExit(1)
    click.echo(f"up to date: {', '.join(folder.name for folder in built) or 'no topics'}")
