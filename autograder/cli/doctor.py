"""`autograder doctor`: which sandbox this machine offers, tried for real."""

import platform
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from autograder.course.assignment import find_course
from autograder.course.secret import demonstration_warning, secret_warning
from autograder.doctor import try_level
from autograder.errors import UserError
from autograder.sandbox.levels.choose import LEVELS
from autograder.sandbox.levels.level import Level
from autograder.sandbox.process import SandboxError


@click.command("doctor")
def command() -> None:
    """Say which sandbox this machine offers, and what is missing.

    Every forbidden thing is attempted inside. Exit status 0 only where a safe level works.
    """
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Python {platform.python_version()} on {platform.system()} {platform.release()}")
    _warn_of_secret(console)
    working = [level for level in LEVELS if _examine(level, console)]
    safe = [level.name for level in working if level.safe]
    if safe:
        console.print(f"[green]Grading will use {safe[0]}.[/green]")
        return
    console.print("[red]No safe sandbox works here, so `autograder grade` stops.[/red]")
    console.print(
        "Install bubblewrap, or use a Linux of version 6.2 or newer; for code that you trust, "
        "`autograder grade --allow-unsandboxed` does without."
    )
    raise click.exceptions.Exit(1)


def _warn_of_secret(console: Console) -> None:
    try:
        course = find_course()
    except UserError:
        return  # outside of a course there is no secret
    for warning in (secret_warning(course), demonstration_warning(course)):
        if warning is not None:
            console.print(f"[yellow]{escape(warning)}[/yellow]")


def _examine(level: Level, console: Console) -> bool:
    """Try a level and print what it prevents; return whether it keeps its promise."""
    kind = "safe" if level.safe else "not a security boundary"
    why = level.missing()
    if why is not None:
        console.print(f"\n[bold]{level.name}[/bold] ({kind}): not available\n  {why}")
        return False
    try:
        attempts = try_level(level, Path.cwd())
    except SandboxError as error:
        console.print(f"\n[bold]{level.name}[/bold] ({kind}): does not start\n  {error}")
        return False
    console.print(f"\n[bold]{level.name}[/bold] ({kind}): starts. Tried inside:")
    for attempt in attempts:
        mark = "[green]prevented[/green]" if attempt.prevented else "[red]possible [/red]"
        console.print(f"  {mark}  {attempt.what}")
    return not level.safe or all(attempt.prevented for attempt in attempts)
