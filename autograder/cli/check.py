"""`autograder check`: what a student runs to see the points, and why some are missing."""

from pathlib import Path

import click

from autograder.cli.telling import say
from autograder.home.check import run_checks_at_home
from autograder.home.whose import doubts


@click.command("check")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def command(folder: Path) -> None:
    """Run the public checks in FOLDER (default: here) and say what is wrong with each that fails.

    For breakpoints and tracebacks use pytest itself. Exit status 1 when a check fails.
    """
    for doubt in doubts(folder):
        say(doubt)
    if not run_checks_at_home(folder):
        raise click.exceptions.Exit(1)
