"""`autograder handout`: what an instructor runs to have what the class gets."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignments
from autograder.handout.folder import handout_files, write_handout


@click.command("handout")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
def command(out: Path, topics: tuple[str, ...]) -> None:
    """Make the folder OUT, and OUT.zip, for the class: TOPICs (default: all), the engine's wheel, a README.

    One environment serves the whole course. No solution, hidden check or known mistake is in it.
    """
    out = out.resolve()
    files = handout_files(find_assignments(topics), out.name)
    archive = write_handout(out, files)
    size = archive.stat().st_size / 1e6
    click.echo(f"{out}: {len(files)} files; {archive.name}: {size:.1f} MB. Give your class one of the two.")
