"""`autograder gradescope`: an autograder to upload to Gradescope."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignment
from autograder.platforms.gradescope.autograder_zip import autograder_files
from autograder.platforms.gradescope.export import AFTER_PUBLISHED, HIDDEN, Visibility
from autograder.platforms.write_zip import write_zip

__all__ = ["command"]


@click.command("gradescope")
@click.argument("out", metavar="OUT.zip", type=click.Path(path_type=Path))
@click.argument("topic")
@click.option(
    "--hidden",
    type=click.Choice([AFTER_PUBLISHED, HIDDEN]),
    default=AFTER_PUBLISHED,
    show_default=True,
    help="When students see what became of hidden checks.",
)
def command(out: Path, topic: str, hidden: Visibility) -> None:
    """Make OUT.zip, which grades submissions for TOPIC on Gradescope."""
    write_zip(out, autograder_files(find_assignment(topic), hidden))
    click.echo(f"made {out}; upload it as the autograder of a programming assignment on Gradescope")
