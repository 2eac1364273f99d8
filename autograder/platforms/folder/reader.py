"""A folder with one folder or zip per student."""

from pathlib import Path

from autograder.platforms.reader import Reader
from autograder.submissions.find import find_submissions
from autograder.submissions.hand_in import Collection, HandIn


def _collect(source: Path, topic: str) -> Collection:
    return Collection([HandIn.at(path) for path in find_submissions(source, topic)])


READER = Reader(_collect)
