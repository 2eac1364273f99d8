"""Sentences about files that a submission may import and that are not there where it is graded."""

from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from autograder.course.assignment import Assignment, assignment_names
from autograder.submissions import Submission

#: How many sentences the sandbox is told, and how long one may be: names of files may be long.
_MOST, _LONGEST = 20, 500


def explain_absent(submission: Submission, assignment: Assignment) -> dict[str, str]:
    """Return what to say where a module is imported that is not there, by its name.

    There are sentences for files that were handed in, but in another folder than the assignment's module, and
    for modules of other topics; only for those whose names occur in the submission's files.
    """
    sentences = {**_other_topics(assignment), **dict(_in_other_folders(submission, assignment.name))}
    sources = [content for name, content in submission.files.items() if name.endswith(".py")]
    told = (
        (name, sentence)
        for name, sentence in sentences.items()
        if name.isidentifier() and sentence.isprintable() and len(sentence) <= _LONGEST
        if any(name.encode() in source for source in sources)
    )
    return dict(islice(told, _MOST))


def _other_topics(assignment: Assignment) -> dict[str, str]:
    module = f"{assignment.name}.py"
    return {
        name: f"{name}.py of another topic is not there when {module} is graded, and nothing stands in for "
        f"it; copy what you need of it into {module}"
        for name in assignment_names(assignment.course)
    }


def _in_other_folders(submission: Submission, module: str) -> Iterator[tuple[str, str]]:
    for file in map(PurePosixPath, submission.elsewhere):
        for path in (file, *file.parents[:-1]):
            what = "file" if path is file else "folder"
            yield (
                path.stem,
                f"your {what} {path} lies in another folder than {module}.py; put it beside {module}.py",
            )
