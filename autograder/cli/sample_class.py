"""`autograder sample-class`: write a small class of right, wrong and broken submissions."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignment
from autograder.variants.sample_class import sample_class, write_sample_class


@click.command("sample-class")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--assignment", default="losses", show_default=True, help="The topic that the class works on.")
def command(folder: Path, assignment: str) -> None:
    """Write a small class into DIR, which is new or empty: a folder per student.

    Its members are the reference, correct variants of it, every known misconception, and submissions that
    are broken in various ways. Their names say what they are.
    """
    members = sample_class(find_assignment(assignment))
    write_sample_class(folder, assignment, members)
    click.echo(f"wrote {len(members)} submissions of {assignment} to {folder}")
