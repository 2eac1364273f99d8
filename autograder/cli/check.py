"""`autograder check`: what a student runs to see what to put right first, and the points."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.telling import progress, say
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.home.child.job import Job
from autograder.home.exports import to_json, to_junit
from autograder.home.finding import Finding
from autograder.home.outcome import Outcome
from autograder.home.overview import print_overview
from autograder.home.report import Report
from autograder.home.selection import checks_below, holds
from autograder.home.session import Session
from autograder.home.watch import Memory, at, saves
from autograder.home.whose import doubts

_INTERRUPTED = 130


@click.command("check")
@click.argument("what", nargs=-1)
@click.option(
    "-k", "keyword", default="", metavar="EXPRESSION", help="Run the checks whose names fit, as pytest does."
)
@click.option("--watch", is_flag=True, help="Check what has changed whenever you save; Ctrl-C ends it.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to FILE as well, as JUnit's XML.",
)
def command(what: tuple[str, ...], keyword: str, watch: bool, as_json: bool, junit: Path | None) -> None:
    """Run the public checks of an assignment, and say what to put right first.

    WHAT may be the assignment's folder or your file in it (default: here), a folder with several assignments,
    and names of your functions or of checks, to run only what concerns them. For breakpoints and tracebacks
    use pytest itself. Exit status 1 when a check fails.
    """
    if watch and (as_json or junit):
        raise UserError("--watch prints for people; leave out --json and --junit")
    jobs = _jobs(what, keyword)
    for job in jobs:
        for doubt in doubts(job.module.parent):
            say(doubt)
    if watch:
        _watch(jobs)
        return
    findings = _check_all(jobs)
    if junit is not None:
        write_atomically(junit, to_junit(findings))
    if as_json:
        click.echo(to_json(findings), nl=False)
    else:
        _print(findings)
    _end_if_interrupted(findings)
    if not all(Report(finding.job, finding.outcome).passed for finding in findings):
        raise click.exceptions.Exit(1)


def _jobs(what: Sequence[str], keyword: str) -> list[Job]:
    """Return what is asked for; of several topics those that have a check by one of the names.

    Raises:
        UserError: there is nothing.
    """
    places = [Path(word) for word in what if Path(word).exists()] or [Path()]
    names = [word for word in what if not Path(word).exists()]
    found = [file for place in places for file in checks_below(place)]
    if not found:
        raise UserError(
            f"there are no checks (test_*.py) in {places[0]}; give an assignment's folder, or your file in it"
        )
    asked = [file for file in found if holds(file, names)] if len(found) > 1 else found
    if not asked:
        raise UserError(
            f"no check fits {' '.join(names)}; the checks and functions are listed in each README.md"
        )
    return [Job(str(file), names, keyword) for file in asked]


def _check_all(jobs: Sequence[Job]) -> list[Finding]:
    """Check one topic after another; Ctrl-C ends it."""
    findings: list[Finding] = []
    for job in jobs:
        findings.append(Finding(job, _check(job)))
        if findings[-1].outcome.interrupted:
            break
    return findings


def _check(job: Job, earlier: Outcome | None = None) -> Outcome:
    outcome = Session(job, progress, earlier).run()
    progress(0, 0, "")
    return outcome


def _print(findings: Sequence[Finding], chosen: Finding | None = None) -> None:
    if len(findings) > 1:
        print_overview(findings, chosen)
    else:
        Report(findings[0].job, findings[0].outcome).print()


def _watch(jobs: Sequence[Job]) -> None:
    """Check what was saved, until Ctrl-C."""
    changes = saves([job.module.parent for job in jobs])
    memories = [Memory(job, _check) for job in jobs]
    findings = [memory.check(set()) for memory in memories]
    _show(findings)
    _end_if_interrupted(findings)
    with contextlib.suppress(KeyboardInterrupt):
        for files in changes:
            folders = {file.parent for file in files}
            saved = [n for n, m in enumerate(memories) if m.job.module.parent in folders or m.is_stale()]
            for number in saved:
                findings[number] = memories[number].check(files)
                _end_if_interrupted(findings)
            if saved:
                _show(findings, findings[saved[0]])


def _end_if_interrupted(findings: Sequence[Finding]) -> None:
    if any(finding.outcome.interrupted for finding in findings):
        raise click.exceptions.Exit(_INTERRUPTED)


def _show(findings: Sequence[Finding], chosen: Finding | None = None) -> None:
    """Print on a screen of its own, so that the eye finds everything where it was."""
    if sys.stdout.isatty():
        click.clear()
    _print(findings, chosen)
    click.echo(f"\nChecked at {at()}. Waiting until you save; Ctrl-C ends it.")
