"""`autograder nbgrader`: the course's topics as an nbgrader course."""

from pathlib import Path

import click

from autograder.course.assignment import find_assignments
from autograder.platforms.nbgrader.make_course import make_course


@click.command("nbgrader")
@click.argument("course_dir", type=click.Path(path_type=Path, file_okay=False))
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
def command(course_dir: Path, topics: tuple[str, ...]) -> None:
    """Make COURSE_DIR an nbgrader course of these topics, or bring them up to date in it.

    Without TOPIC, every topic of the course. nbgrader's own commands do the rest, run inside COURSE_DIR.
    """
    assignments = find_assignments(topics)
    make_course(course_dir, assignments)
    names = " ".join(assignment.name for assignment in assignments)
    click.echo(f"made in {course_dir}/source: {names}")
    click.echo(f"next, in {course_dir}: nbgrader generate_assignment {assignments[0].name}")
