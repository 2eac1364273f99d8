"""`autograder otter`: assignments for otter-grader, made by the real `otter assign`."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignments
from autograder.errors import UserError
from autograder.files import replace_folder
from autograder.platforms.gradescope.visibility import Visibility, visibility_option
from autograder.platforms.otter.assign import assign, zip_name


@click.command("otter")
@click.argument("out", metavar="OUT_DIR", type=click.Path(path_type=Path))
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@visibility_option
def command(out: Path, topics: tuple[str, ...], hidden: Visibility) -> None:
    """Make OUT_DIR/TOPIC/student/ to release, and OUT_DIR/TOPIC/autograder/ with the autograder's zip.

    Without TOPIC, every topic of the course. What an earlier run made is replaced.
    """
    assignments = find_assignments(topics)
    for assignment in assignments:
        _check_replaceable(out / assignment.name)
    try:
        for assignment in assignments:
            with replace_folder(out / assignment.name) as made:
                assign(assignment, made, hidden)
            click.echo(f"made {out / assignment.name}: student/, autograder/{zip_name(assignment.name)}")
    except OSError as error:
        raise UserError(f"can't write {out}: {error.strerror}") from error


def _check_replaceable(folder: Path) -> None:
    """Refuse to replace a folder that no earlier run has made."""
    made = {"autograder", "student"}
    if folder.exists() and not (
        (folder / "autograder" / zip_name(folder.name)).is_file()
        and {path.name for path in folder.iterdir()} == made
    ):
        raise UserError(
            f"{folder} exists and was not made by this command; remove it or name another OUT_DIR"
        )
