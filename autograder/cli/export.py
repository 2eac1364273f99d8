"""`autograder export`: grades in the format of a platform."""

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.telling import say
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.platforms.export import Results
from autograder.platforms.graded import Graded, read_grades
from autograder.platforms.registry import exporter
from autograder.printable import as_json


@click.command("export")
@click.argument("kind")
@click.argument("grades", type=click.Path(path_type=Path))
@click.option("--gradebook", type=click.Path(path_type=Path), help="The table that the platform exported.")
@click.option("--column", help="The assignment's column in it, where that is not named like the topic.")
@click.option("--zeros", is_flag=True, help="Write 0 for what needs a look or was not handed in.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file, or folder, to write.")
def command(
    kind: str, grades: Path, gradebook: Path | None, column: str | None, zeros: bool, out: Path
) -> None:
    """Write GRADES, the folder of `autograder grade`, for KIND: canvas, moodle or gradescope.

    Students whose submission needs a look, or who handed in nothing, are named and get no score.
    """
    fill, results = exporter(kind)
    graded, notes = read_grades(grades, zeros)
    for note in notes:
        say(note)
    try:
        if fill is not None:
            filled = fill(graded, gradebook, column)
            for note in filled.notes:
                say(note)
            write_atomically(out, filled.text)
            click.echo(f"{filled.count} of {len(graded)} grades written to {out}")
        elif results is not None:
            for one in graded:
                if one.held:
                    say(f"{one.grade.student} {one.held}")
            written = [one for one in graded if not one.held]
            _write_results(results, written, out)
            click.echo(f"results.json of {len(written)} students written to {out}")
    except OSError as error:
        raise UserError(f"{out} can't be written: {error.strerror}") from error


def _write_results(results: Results, graded: Sequence[Graded], out: Path) -> None:
    """Write `<student>/results.json` for each student."""
    for one in graded:
        folder = out / one.grade.student
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "results.json", as_json(results(one.grade)))
