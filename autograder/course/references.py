"""The references of other topics that a topic's checks compare with."""

from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.read_checks import references_in
from autograder.errors import UserError


def compared_with(assignment: Assignment) -> list[str]:
    """Return the topics whose references the checks name, as in `references.losses`, sorted.

    Raises:
        UserError: one of these references is missing in the course, or the checks can't be read.
    """
    topics = sorted(references_in(assignment.checks))
    for topic in topics:
        refuse_missing(assignment.folder.parent / topic / f"{topic}.py", assignment.name)
    return topics


def refuse_missing(reference: Path, topic: str) -> None:
    """Stop where a reference is missing, so that no student loses a point by it.

    Args:
        reference: the file that is needed.
        topic: whose checks need it.

    Raises:
        UserError: there is no such file.
    """
    if not reference.is_file():
        where = "/".join(reference.parts[-3:])
        raise UserError(
            f"the checks of {topic} compare with the reference of {reference.stem}, and there is no {where} "
            "in this course; put that folder back and grade again"
        )
