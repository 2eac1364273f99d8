"""The command line: `autograder COMMAND`. One file per command, imported only when it is called.

The command of a platform is in that platform's folder.

A student with the light install can therefore run `autograder check`: only the instructor's commands need the
instructor's packages.
"""

import atexit
import gc
import io
import sys

import click

from autograder.blas import use_one_thread
from autograder.cli.telling import say
from autograder.errors import UserError
from autograder.extras import import_with_extra

__all__ = ["main"]

COMMANDS = {
    "build": "Make assignments/ from solutions/, or check that they agree.",
    "check": "Run an assignment's public checks on your code, with a sentence on each that fails.",
    "doctor": "Say which sandbox this machine offers, and what is missing.",
    "export": "Write grades for Canvas, Moodle or Gradescope.",
    "grade": "Grade a folder of submissions.",
    "handout": "Make what a class gets: the topics, the package and a README, in one zip.",
    "pack": "Pack what is to be handed in, and print a short code of it.",
    "prove": "Test the checks themselves, on mutants and on known mistakes.",
    "sample-class": "Write a small class of right, wrong and broken submissions.",
}
#: The commands of platforms: `autograder/platforms/<name>/command.py`.
PLATFORM_COMMANDS = {
    "gradescope": "Make an autograder for Gradescope.",
    "nbgrader": "Make or update an nbgrader course of the topics.",
    "otter": "Make assignments for otter-grader, and run its `otter assign`.",
}
_ALL = COMMANDS | PLATFORM_COMMANDS


class _LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ALL:
            return None
        command = import_with_extra(_module_of(cmd_name), f"`autograder {cmd_name}`").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_ALL.items()))


def _module_of(command: str) -> str:
    if command in PLATFORM_COMMANDS:
        return f"autograder.platforms.{command}.command"
    return f"autograder.cli.{command.replace('-', '_')}"


@click.group(cls=_LazyGroup)
@click.version_option(package_name="dl-autograder")
def _cli() -> None:
    """Grade deep learning assignments written in NumPy."""


def main() -> None:
    """Run the command line; a `UserError` becomes one line on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names may hold what a terminal can't show
    use_one_thread()  # before a command imports NumPy
    # Saves half a second at the end: the garbage collector does not search what a command has imported.
    atexit.register(gc.freeze)
    # Saves two seconds: if this package is installed, jsonschema (which nbformat uses) builds parsers of IRIs
    # with it, and no notebook holds an IRI.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        _cli.main(prog_name="autograder", standalone_mode=True)
    except UserError as error:
        say(f"autograder: {error}")
        sys.exit(2)
