"""`autograder gradescope`: an autograder to upload to Gradescope."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignment
from autograder.platforms.gradescope.autograder_zip import autograder_files
from autograder.platforms.gradescope.visibility import Visibility, visibility_option
from autograder.platforms.write_zip import write_zip


@click.command("gradescope")
@click.argument("out", metavar="OUT.zip", type=click.Path(path_type=Path))
@click.argument("topic")
@visibility_option
def command(out: Path, topic: str, hidden: Visibility) -> None:
    """Make OUT.zip, which grades submissions for TOPIC on Gradescope."""
    write_zip(out, autograder_files(find_assignment(topic), hidden))
    click.echo(f"made {out}; upload it as the autograder of a programming assignment on Gradescope")
