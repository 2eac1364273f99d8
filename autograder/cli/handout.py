"""`autograder handout`: what a class gets, in one folder and one zip."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignments
from autograder.errors import UserError
from autograder.handout import make_handout


@click.command("handout")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
def command(out: Path, topics: tuple[str, ...]) -> None:
    """Make the folder OUT and OUT.zip, which a class gets: the topics, the package, and how to begin.

    Without TOPIC, every topic of the course. Nothing of solutions/ is in it. An earlier handout is replaced.
    """
    assignments = find_assignments(topics)
    if not assignments:
        raise UserError("this course has no topics")
    made = make_handout(out, assignments)
    click.echo(f"made {made.folder} and {made.archive.name} with {made.wheel} and: {', '.join(made.topics)}")
    click.echo(f"hand out {made.archive.name}; its README.md says how to begin")
