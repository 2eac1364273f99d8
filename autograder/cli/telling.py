"""What a command says: lines that no name of a student's can turn into commands to the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from autograder.errors import UserError
from autograder.printable import printable


def say(line: str) -> None:
    """Print a line on standard error."""
    click.echo(printable(line), err=True)


@contextmanager
def told() -> Iterator[None]:
    """Turn what the machine refuses, such as room on the disk, into one line.

    Raises:
        UserError: the machine has refused something.
    """
    try:
        yield
    except BrokenPipeError:  # who reads what is printed has heard enough
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise UserError(
            f"the machine failed ({where}{error.strerror or error}); what was graded is kept, and the same "
            "command goes on from there"
        ) from error


def progress(done: int, planned: int, title: str) -> None:
    """Show on a terminal how far it is, in one line that is written over."""
    if not sys.stderr.isatty():
        return
    line = f"{done} of {planned}  {title}" if planned else ""
    click.echo(f"\r\x1b[2K{line[:78]}", nl=False, err=True)
