"""A folder or zip with one folder, archive or Python file per student."""

from autograder.platforms.reader import Reader
from autograder.submissions.find import find_submissions

READER = Reader(find_submissions)
