"""`autograder pack`: what a student runs to have exactly what is to be handed in."""

from pathlib import Path

import click

from autograder.cli.telling import progress
from autograder.errors import UserError
from autograder.home.child.job import Job
from autograder.home.finding import Finding, in_figures
from autograder.home.pack import Pack, pack
from autograder.home.paper import Paper
from autograder.home.report import Report
from autograder.home.selection import checks_below
from autograder.home.session import Session
from autograder.verdicts import CheckVerdict


@click.command("pack")
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Pack what is to be handed in from an assignment's FOLDER (default: here), and say what is missing.

    Writes TOPIC.zip beside your file: your file, and those of yours that it imports. Exit status 1 when your
    file can't be executed; nothing is packed then.
    """
    checks = list(checks_below(folder))
    if len(checks) != 1:
        raise UserError(f"{folder} is not the folder of one assignment; give the folder with your file")
    job = Job(str(checks[0]))
    finding = Finding(job, Session(job, progress).run())
    progress(0, 0, "")
    if finding.outcome.unloadable is not None:
        Report(job, finding.outcome).print()
        raise UserError("nothing was packed: handed in like this it would get no points")
    _print(pack(job.module), finding)


def _print(packed: Pack, finding: Finding) -> None:
    paper = Paper()
    inside = ", ".join(f"{name} ({_lines(content)})" for name, content in packed.files.items())
    paper.heading(f"{packed.path.name} holds {inside}")
    paper.say(f"{packed.code}; the same code stands in your grade.", "  Code of what is inside: ")
    figures = f"{in_figures(finding.earned)} of the {in_figures(finding.public)} public points"
    paper.say(figures, "  Checked: ")
    unwritten = _not_written(finding)
    if unwritten:
        paper.say(", ".join(unwritten), "  Not written yet: ", verdict="not started")
    paper.heading(f"Not handed in yet: upload {packed.path.name}.")


def _not_written(finding: Finding) -> list[str]:
    cases = [case for checked in finding.checked for case in checked.cases]
    waiting = [case.function for case in cases if case.verdict == CheckVerdict.NOT_STARTED]
    return list(dict.fromkeys(filter(None, waiting)))


def _lines(content: bytes) -> str:
    return f"{len(content.splitlines())} lines"
