"""`autograder check`: what a student runs to see what to put right first, and the points."""

import sys
from pathlib import Path

import click

from autograder.cli.telling import say
from autograder.errors import UserError
from autograder.home.child.job import Job
from autograder.home.report import Report
from autograder.home.session import Session
from autograder.home.whose import doubts

_INTERRUPTED = 130


@click.command("check")
@click.argument("what", nargs=-1)
@click.option(
    "-k", "keyword", default="", metavar="EXPRESSION", help="Run the checks whose names fit, as pytest does."
)
def command(what: tuple[str, ...], keyword: str) -> None:
    """Run the public checks of an assignment, and say what to put right first.

    WHAT may be the assignment's folder or your file in it (default: here), and names of your functions or of
    checks, to run only what concerns them. For breakpoints and tracebacks use pytest itself. Exit status 1
    when a check fails.
    """
    folders = [Path(word) for word in what if Path(word).exists()]
    names = [word for word in what if not Path(word).exists()]
    checks = _checks_in(folders or [Path()])
    passed = True
    for file in checks:
        for doubt in doubts(file.parent):
            say(doubt)
        job = Job(str(file), names, keyword)
        outcome = Session(job, _progress).run()
        _progress(0, 0, "")
        report = Report(job, outcome)
        report.print()
        passed = passed and report.passed
        if outcome.interrupted:
            raise click.exceptions.Exit(_INTERRUPTED)
    if not passed:
        raise click.exceptions.Exit(1)


def _checks_in(places: list[Path]) -> list[Path]:
    """Return the files of checks in folders, or beside files."""
    found = [file.resolve() for place in places for file in _checks_at(place)]
    if not found:
        raise UserError(
            f"there are no checks (test_*.py) in {places[0]}; give an assignment's folder, or your file in it"
        )
    return found


def _checks_at(place: Path) -> list[Path]:
    if place.is_file():
        return [
            path for path in [place.with_name(f"test_{place.name.removeprefix('test_')}")] if path.is_file()
        ]
    return sorted(place.glob("test_*.py"))


def _progress(done: int, planned: int, title: str) -> None:
    """Show on a terminal how far it is, in one line that is written over."""
    if not sys.stderr.isatty():
        return
    line = f"{done} of {planned}  {title}" if planned else ""
    click.echo(f"\r\x1b[2K{line[:78]}", nl=False, err=True)
